package io.punctual.sla.statement;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Says whether statements are what was signed, follow one another, and come out again. It
 * needs the statements and the public keys, nothing else.
 */
final class StatementVerifier {

	private final Map<String, String> publicKeys;

	private final SaidBefore before = new SaidBefore();

	private String previousHash = Hashes.FIRST;

	private String clientId = "";

	private long number;

	/**
	 * Create a verifier of a client's chain.
	 * @param publicKeys by their ids, base64 of the X.509 form
	 */
	StatementVerifier(Map<String, String> publicKeys) {
		this.publicKeys = Map.copyOf(publicKeys);
	}

	/**
	 * Begin in the middle of a chain: what comes before the first statement is not known.
	 */
	void beginWith(Statement first) {
		this.clientId = first.clientId();
		this.number = first.number() - 1;
		this.previousHash = first.previousHash();
		this.before.beginWith(first.number());
	}

	/**
	 * Verify the next statement of the chain.
	 * @param statement as it was answered
	 * @return what it says
	 * @throws StatementFault if anything is not as it must be
	 */
	Statement next(SignedStatement statement) {
		Statement document = alone(statement);
		if (this.number == 0) {
			this.clientId = document.clientId();
		}
		if (!document.clientId().equals(this.clientId)) {
			throw new StatementFault(document, "is another client's");
		}
		if (document.number() != this.number + 1 || !document.previousHash().equals(this.previousHash)) {
			throw new StatementFault(document, "does not follow number " + this.number);
		}
		this.before.follow(document);
		this.number = document.number();
		this.previousHash = statement.hash();
		return document;
	}

	/** How the last one's adjustments begin where those before it ended. */
	SaidBefore before() {
		return this.before;
	}

	/** The hash that the next one must hold. */
	String end() {
		return this.previousHash;
	}

	/** A statement by itself. */
	private Statement alone(SignedStatement statement) {
		Statement document = read(statement);
		byte[] canonical = CanonicalJson.write(statement.document());
		if (!Hashes.of(canonical).equals(statement.hash())) {
			throw new StatementFault(document, "has not the hash that it was given");
		}
		if (!document.statementId().equals(statement.statementId())) {
			throw new StatementFault(document, "was given as " + statement.statementId());
		}
		if (!isSigned(statement, canonical)) {
			throw new StatementFault(document, "is not signed by " + statement.keyId());
		}
		Recomputation.of(document);
		return document;
	}

	private static Statement read(SignedStatement statement) {
		JsonNode document = statement.document();
		if (!Statement.FORMAT.equals(document.path("format").asString(""))) {
			throw new StatementFault(statement.statementId(), "is not of the format " + Statement.FORMAT);
		}
		try {
			return CanonicalJson.as(document, Statement.class);
		}
		catch (JacksonException ex) {
			throw new StatementFault(statement.statementId(), "cannot be read: " + ex.getOriginalMessage());
		}
	}

	private boolean isSigned(SignedStatement statement, byte[] canonical) {
		String key = this.publicKeys.get(statement.keyId());
		if (key == null) {
			return false;
		}
		try {
			Signature signature = Signature.getInstance("Ed25519");
			signature.initVerify(KeyFactory.getInstance("Ed25519")
				.generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key))));
			signature.update(canonical);
			return signature.verify(Base64.getDecoder().decode(statement.signature()));
		}
		catch (IllegalArgumentException | GeneralSecurityException ex) {
			return false;
		}
	}

}
