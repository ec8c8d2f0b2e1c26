package io.punctual.sla.statement;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.punctual.shared.id.Ids;
import io.punctual.shared.secret.SecretBox;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.time.DatabaseTime;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The keys that statements are signed with (Ed25519, RFC 8032). The first is made when
 * the first statement is; the private half is sealed like every other secret.
 */
@Repository
class SigningKeys {

	private static final String ALGORITHM = "Ed25519";

	private final JdbcClient jdbc;

	private final SecretBox box;

	private final DatabaseClock database;

	private final Map<String, PrivateKey> opened = new ConcurrentHashMap<>();

	SigningKeys(JdbcClient jdbc, SecretBox box, DatabaseClock database) {
		this.jdbc = jdbc;
		this.box = box;
		this.database = database;
	}

	/** Signs with the newest key, in the present transaction. */
	Seal sign(byte[] document) {
		Stored key = present().orElseGet(this::make);
		try {
			Signature signature = Signature.getInstance(ALGORITHM);
			signature.initSign(this.opened.computeIfAbsent(key.keyId(), (id) -> open(key)));
			signature.update(document);
			return new Seal(key.keyId(), Base64.getEncoder().encodeToString(signature.sign()));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** All that ever signed, the oldest first. */
	List<PublicKeyView> all() {
		return this.jdbc.sql("SELECT key_id, public_key, created_at FROM statement_key ORDER BY key_id")
			.query((row, number) -> new PublicKeyView(row.getString(1), ALGORITHM, row.getString(2),
					DatabaseTime.fromColumn(row.getObject(3, LocalDateTime.class))))
			.list();
	}

	private Optional<Stored> present() {
		return this.jdbc
			.sql("SELECT key_id, sealed_private FROM statement_key WHERE retired_at IS NULL"
					+ " ORDER BY key_id DESC LIMIT 1")
			.query((row, number) -> new Stored(row.getString(1), row.getString(2)))
			.optional();
	}

	private Stored make() {
		try {
			KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
			String keyId = Ids.next("key");
			Stored stored = new Stored(keyId, this.box.seal(pair.getPrivate().getEncoded(), bound(keyId)));
			this.jdbc
				.sql("INSERT INTO statement_key (key_id, public_key, sealed_private, created_at) VALUES (?, ?, ?, ?)")
				.params(keyId, Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()),
						stored.sealedPrivate(), DatabaseTime.toColumn(this.database.now()))
				.update();
			return stored;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private PrivateKey open(Stored key) {
		try {
			return KeyFactory.getInstance(ALGORITHM)
				.generatePrivate(new PKCS8EncodedKeySpec(this.box.open(key.sealedPrivate(), bound(key.keyId()))));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String bound(String keyId) {
		return "statement-key/" + keyId;
	}

	/**
	 * A signature, and whose.
	 */
	record Seal(String keyId, String signature) {
	}

	/**
	 * A key as anybody may know it.
	 *
	 * @param publicKey base64 of the X.509 form (SubjectPublicKeyInfo)
	 */
	record PublicKeyView(String keyId, String algorithm, String publicKey, Instant createdAt) {
	}

	private record Stored(String keyId, String sealedPrivate) {
	}

}
