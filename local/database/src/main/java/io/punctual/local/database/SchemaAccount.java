package io.punctual.local.database;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A schema and the one user that may use it, and nothing else.
 *
 * @param schema the schema's name
 * @param user the user's name
 * @param password the user's password, not empty
 */
public record SchemaAccount(String schema, String user, String password) {

	private static final SecureRandom RANDOM = new SecureRandom();

	public SchemaAccount {
		requireName(schema);
		requireName(user);
		if (password.isEmpty()) {
			throw new IllegalArgumentException("The password of '" + user + "' is empty");
		}
	}

	/**
	 * Returns an account whose user is named as the schema, with a random password.
	 */
	public static SchemaAccount of(String schema) {
		return new SchemaAccount(schema, schema, randomPassword());
	}

	static String randomPassword() {
		byte[] bytes = new byte[18];
		RANDOM.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	private static void requireName(String name) {
		if (!name.matches("[a-z][a-z0-9_]{0,63}")) {
			throw new IllegalArgumentException("'" + name + "' is no name for a schema or a user: [a-z][a-z0-9_]*");
		}
	}

	@Override
	public String toString() {
		return "SchemaAccount[schema=" + this.schema + ", user=" + this.user + "]";
	}

}
