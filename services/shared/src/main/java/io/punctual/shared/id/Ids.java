package io.punctual.shared.id;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Makes and recognises identifiers: a prefix of three letters, an underscore and a ULID
 * (26 characters of Crockford's base 32: 48 bits of milliseconds, 80 random bits).
 * Identifiers made in one process ascend, within a millisecond too.
 */
public final class Ids {

	private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

	private static final Pattern PREFIX = Pattern.compile("[a-z]{3}");

	/** 48 bits of time fill ten characters, so the first one never exceeds 7. */
	private static final Pattern ULID = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final ReentrantLock LOCK = new ReentrantLock();

	private static long lastMillis;

	/** The upper 16 of the 80 random bits. */
	private static long high;

	/** The lower 64 of the 80 random bits. */
	private static long low;

	private Ids() {
	}

	/**
	 * The next identifier.
	 * @param prefix three lower-case letters, such as {@code cli}
	 * @return 30 ASCII characters, such as {@code cli_01JDB3Z5V6Q8W0X2Y4Z6A8C0E2}
	 */
	public static String next(String prefix) {
		if (!PREFIX.matcher(prefix).matches()) {
			throw new IllegalArgumentException("A prefix has three lower-case letters: " + prefix);
		}
		LOCK.lock();
		try {
			advance(System.currentTimeMillis());
			return prefix + '_' + encode(lastMillis, high, low);
		}
		finally {
			LOCK.unlock();
		}
	}

	/**
	 * The least identifier of an instant: those made before it are less, those made from
	 * then on are not.
	 * @param prefix three lower-case letters
	 * @param instant at or after 1970
	 * @return 30 ASCII characters, made by nobody
	 */
	public static String least(String prefix, Instant instant) {
		return prefix + '_' + encode(instant.toEpochMilli(), 0, 0);
	}

	/**
	 * Whether the text has the form of an identifier with this prefix.
	 * @param prefix three lower-case letters
	 * @param id the text, perhaps from a caller
	 * @return false for null and for anything malformed
	 */
	public static boolean isValid(String prefix, @Nullable String id) {
		return id != null && id.length() == prefix.length() + 27 && id.startsWith(prefix)
				&& id.charAt(prefix.length()) == '_' && ULID.matcher(id.substring(prefix.length() + 1)).matches();
	}

	private static void advance(long now) {
		if (now > lastMillis) {
			lastMillis = now;
			high = RANDOM.nextInt(1 << 16);
			low = RANDOM.nextLong();
		}
		else if (++low == 0 && ++high == 1 << 16) {
			// The random bits are used up: borrow from the next millisecond.
			high = 0;
			lastMillis++;
		}
	}

	private static String encode(long millis, long high, long low) {
		char[] ulid = new char[26];
		for (int i = 0; i < 10; i++) {
			ulid[i] = ALPHABET[(int) (millis >>> (45 - 5 * i)) & 31];
		}
		for (int i = 0; i < 16; i++) {
			int shift = 75 - 5 * i;
			long bits = (shift >= 64) ? high >>> (shift - 64)
					: (shift > 59) ? (high << (64 - shift)) | (low >>> shift) : low >>> shift;
			ulid[10 + i] = ALPHABET[(int) bits & 31];
		}
		return new String(ulid);
	}

}
