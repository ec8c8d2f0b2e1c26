package io.punctual.shared.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opaque, versioned cursors of keyset pages, bound to the filter of their list.
 * <p>
 * They are not secret and not signed: a cursor only says after which key to go on, every
 * page applies the filter and the caller's rights again. See
 * {@code docs/decisions/keyset-cursors.md}.
 */
public final class Cursors {

	/** Items on a page if the caller does not say. */
	public static final int DEFAULT_LIMIT = 50;

	/** The most items on a page. */
	public static final int MAX_LIMIT = 200;

	private static final byte VERSION = 1;

	private static final int HASH_BYTES = 8;

	private static final int CHECK_BYTES = 4;

	private static final int MAX_LENGTH = 2048;

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.build();

	private Cursors() {
	}

	/**
	 * A cursor that goes on after a key.
	 * @param filter everything that selects and orders the list (the caller's client
	 * included), as any value that JSON can say
	 * @param keys the last item's key
	 * @return URL-safe text
	 */
	public static String encode(Object filter, String... keys) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.write(VERSION);
		bytes.writeBytes(hash(filter));
		bytes.writeBytes(JSON.writeValueAsBytes(keys));
		bytes.writeBytes(check(bytes.toByteArray()));
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
	}

	/**
	 * The key in a cursor.
	 * @param cursor from the caller, or null for the first page
	 * @param filter as it was given to {@link #encode}
	 * @return the key, or an empty list for the first page
	 * @throws ProblemException 422 if this is no cursor of that list
	 */
	public static List<String> decode(@Nullable String cursor, Object filter) {
		if (cursor == null) {
			return List.of();
		}
		if (cursor.length() > MAX_LENGTH) {
			throw invalid();
		}
		try {
			byte[] bytes = Base64.getUrlDecoder().decode(cursor);
			int end = bytes.length - CHECK_BYTES;
			// Only the one spelling that we would have written ourselves.
			if (end <= 1 + HASH_BYTES || bytes[0] != VERSION
					|| !Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(cursor)
					|| !Arrays.equals(bytes, 1, 1 + HASH_BYTES, hash(filter), 0, HASH_BYTES)
					|| !Arrays.equals(bytes, end, bytes.length, check(Arrays.copyOf(bytes, end)), 0, CHECK_BYTES)) {
				throw invalid();
			}
			String[] keys = JSON.readValue(bytes, 1 + HASH_BYTES, end - 1 - HASH_BYTES, String[].class);
			return List.of(keys);
		}
		catch (IllegalArgumentException | JacksonException | NullPointerException ex) {
			throw invalid();
		}
	}

	/**
	 * The key in a cursor, in the list's own terms.
	 * @param <T> the type of the key
	 * @param cursor from the caller, or null for the first page
	 * @param filter as it was given to {@link #encode}
	 * @param parser turns the texts into a key; whatever it throws is the cursor's fault
	 * @return the key, or null for the first page
	 * @throws ProblemException 422 if this is no cursor of that list
	 */
	public static <T> @Nullable T decode(@Nullable String cursor, Object filter, Function<List<String>, T> parser) {
		if (cursor == null) {
			return null;
		}
		List<String> keys = decode(cursor, filter);
		try {
			return parser.apply(keys);
		}
		catch (RuntimeException ex) {
			throw invalid();
		}
	}

	/**
	 * The number of items on a page.
	 * @param limit from the caller, or null
	 * @return 1 to {@value #MAX_LIMIT}, {@value #DEFAULT_LIMIT} for null
	 * @throws ProblemException 422 outside of that range
	 */
	public static int limit(@Nullable Integer limit) {
		if (limit == null) {
			return DEFAULT_LIMIT;
		}
		if (limit < 1 || limit > MAX_LIMIT) {
			throw ProblemException.invalid("limit", "must be between 1 and " + MAX_LIMIT);
		}
		return limit;
	}

	private static ProblemException invalid() {
		return ProblemException.of(ProblemType.CURSOR_INVALID, "The cursor is not one of this list: begin anew.")
			.field("cursor", "is not a cursor of this list with these filters");
	}

	private static byte[] hash(Object filter) {
		String json = JSON.writeValueAsString(filter);
		return Arrays.copyOf(sha256(json.getBytes(StandardCharsets.UTF_8)), HASH_BYTES);
	}

	private static byte[] check(byte[] bytes) {
		return Arrays.copyOf(sha256(bytes), CHECK_BYTES);
	}

	private static byte[] sha256(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
