package io.punctual.local.edge.throttle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

import io.punctual.local.edge.document.Settings;
import io.punctual.local.edge.document.Settings.Key;
import org.jspecify.annotations.Nullable;

/**
 * The API keys that count: those of the settings, and those that an address gives, which
 * come and go while the edge runs.
 */
public final class ApiKeys {

	private final Map<String, Key> byValue = new HashMap<>();

	private final @Nullable KeySource source;

	/**
	 * @param source null where the settings' keys are all there are
	 */
	public ApiKeys(Settings settings, @Nullable KeySource source) {
		settings.keys().forEach((key) -> this.byValue.put(key.value(), key));
		this.source = source;
	}

	/**
	 * The key of that value, null if there is none.
	 */
	@Nullable Key find(String value) {
		Key key = this.byValue.get(value);
		if (key != null || this.source == null) {
			return key;
		}
		KeySource.Entry entry = this.source.find(digest(value));
		return (entry != null) ? new Key(entry.id(), value, true, entry.usagePlan()) : null;
	}

	private static String digest(String value) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
