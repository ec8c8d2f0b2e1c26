package io.punctual.sla.statement;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chain that somebody has changed and signed anew: each hash and each signature is
 * right, by a key of its own.
 */
final class ForgedChain {

	private final KeyPair pair;

	private final List<JsonNode> statements = new ArrayList<>();

	/**
	 * Forge a chain.
	 * @param true chain, from its beginning
	 * @param number the statement to change
	 * @param change what is done to its document
	 */
	ForgedChain(List<JsonNode> chain, int number, Consumer<JsonNode> change) {
		try {
			this.pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
			String previous = Hashes.FIRST;
			for (JsonNode statement : chain) {
				ObjectNode document = (ObjectNode) statement.get("document").deepCopy();
				if (document.get("number").asInt() == number) {
					change.accept(document);
				}
				document.put("previousHash", previous);
				byte[] bytes = CanonicalJson.write(document);
				previous = Hashes.of(bytes);
				this.statements.add(KeptStatements.JSON.createObjectNode()
					.put("statementId", document.get("statementId").asString())
					.put("hash", previous)
					.put("keyId", "key_forged")
					.put("signature", sign(bytes))
					.set("document", document));
			}
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String sign(byte[] bytes) throws GeneralSecurityException {
		Signature signature = Signature.getInstance("Ed25519");
		signature.initSign(this.pair.getPrivate());
		signature.update(bytes);
		return Base64.getEncoder().encodeToString(signature.sign());
	}

	List<JsonNode> statements() {
		return this.statements;
	}

	JsonNode keys() {
		ObjectNode keys = KeptStatements.JSON.createObjectNode();
		keys.putArray("items")
			.addObject()
			.put("keyId", "key_forged")
			.put("publicKey", Base64.getEncoder().encodeToString(this.pair.getPublic().getEncoded()));
		return keys;
	}

}
