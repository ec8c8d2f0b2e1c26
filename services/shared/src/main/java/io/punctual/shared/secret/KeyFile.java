package io.punctual.shared.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * A properties file with one line for each epoch: {@code 1=<base64 of 32 bytes>}.
 */
class KeyFile implements DataKeys {

	private static final int KEY_BYTES = 32;

	private final Path file;

	KeyFile(Path file) {
		this.file = file;
	}

	@Override
	public Map<Integer, byte[]> load() {
		Properties lines = new Properties();
		try (var reader = Files.newBufferedReader(this.file)) {
			lines.load(reader);
		}
		catch (IOException ex) {
			throw new SecretBoxException(
					"The key file %s (punctual.secrets.key-file) cannot be read".formatted(this.file), ex);
		}
		Map<Integer, byte[]> keys = new HashMap<>();
		lines.forEach((epoch, key) -> keys.put(epoch(epoch.toString()), key(epoch.toString(), key.toString())));
		if (keys.isEmpty()) {
			throw new SecretBoxException("The key file %s holds no key".formatted(this.file));
		}
		return keys;
	}

	private int epoch(String text) {
		try {
			return Integer.parseUnsignedInt(text);
		}
		catch (NumberFormatException ex) {
			throw new SecretBoxException("The key file %s names an epoch that is no number".formatted(this.file), ex);
		}
	}

	private byte[] key(String epoch, String text) {
		try {
			byte[] key = Base64.getDecoder().decode(text.strip());
			if (key.length == KEY_BYTES) {
				return key;
			}
		}
		catch (IllegalArgumentException ex) {
			// Said below, without the text: it may be most of a key.
		}
		throw new SecretBoxException("The key of epoch %s in %s is not 32 bytes of base64".formatted(epoch, this.file));
	}

}
