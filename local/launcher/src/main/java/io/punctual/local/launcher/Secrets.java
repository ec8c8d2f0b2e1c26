package io.punctual.local.launcher;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/**
 * This installation's passwords and client secrets, made once and kept where only their
 * owner can read them.
 */
public final class Secrets {

	private static final SecureRandom RANDOM = new SecureRandom();

	private final StateFolder folder;

	private final Properties values = new Properties();

	private Secrets(StateFolder folder) {
		this.folder = folder;
	}

	static Secrets readOrMake(StateFolder folder) {
		Secrets secrets = new Secrets(folder);
		try {
			if (Files.exists(folder.secrets())) {
				secrets.values.load(new StringReader(Files.readString(folder.secrets())));
			}
			if (!Files.exists(folder.secretKeys())) {
				folder.writePrivate(folder.secretKeys(),
						"# The keys that webhook secrets are encrypted with, by epoch: the highest one seals.\n1="
								+ Base64.getEncoder().encodeToString(random(32)) + "\n");
			}
		}
		catch (IOException ex) {
			throw new LauncherException("The secrets in " + folder.secrets() + " cannot be read: " + ex.getMessage(),
					ex);
		}
		return secrets;
	}

	/**
	 * Returns the secret of that name, made now if there is none yet.
	 */
	synchronized String get(String name) {
		String existing = this.values.getProperty(name);
		if (existing != null) {
			return existing;
		}
		String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random(24)).replace('-', 'x');
		this.values.setProperty(name, made);
		write();
		return made;
	}

	/**
	 * Returns the secret of the OAuth client through which a provider calls the API.
	 */
	public String provider() {
		return get("client.provider");
	}

	private void write() {
		StringBuilder text = new StringBuilder("# Made by ./run; delete it with everything else by ./run --reset.\n");
		this.values.stringPropertyNames()
			.stream()
			.sorted()
			.forEach((name) -> text.append(name).append('=').append(this.values.getProperty(name)).append('\n'));
		try {
			this.folder.writePrivate(this.folder.secrets(), text.toString());
		}
		catch (IOException ex) {
			throw new LauncherException("The secrets cannot be kept: " + ex.getMessage(), ex);
		}
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		RANDOM.nextBytes(bytes);
		return bytes;
	}

}
