package io.punctual.shared.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * Strong entity tags made of an aggregate's version, and {@code If-Match} (RFC 9110,
 * 13.1.1).
 */
public final class ETags {

	private ETags() {
	}

	/**
	 * The tag of a version.
	 * @param version the aggregate's version, its children included
	 * @return such as {@code "v7"}, quotes included
	 */
	public static String of(long version) {
		return "\"v" + version + '"';
	}

	/**
	 * The tag of something that has no version: of what it says.
	 * @param content a record whose text names all of it
	 * @return such as {@code "c9f86d081884c7d65"}, quotes included
	 */
	public static String ofContent(Record content) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256")
				.digest(content.toString().getBytes(StandardCharsets.UTF_8));
			return "\"c" + HexFormat.of().formatHex(digest, 0, 8) + '"';
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Insists on a matching {@code If-Match}.
	 * @param ifMatch the header, or null if there was none
	 * @param version the present version
	 * @throws ProblemException 428 without the header, 412 if it names other versions
	 */
	public static void requireMatch(@Nullable String ifMatch, long version) {
		if (ifMatch == null || ifMatch.isBlank()) {
			throw ProblemException.of(ProblemType.PRECONDITION_REQUIRED,
					"Send the ETag that you have read as If-Match.");
		}
		checkMatch(ifMatch, version);
	}

	/**
	 * Checks {@code If-Match} if it was sent.
	 * @param ifMatch the header, or null if there was none
	 * @param version the present version
	 * @throws ProblemException 412 if it names other versions
	 */
	public static void checkMatch(@Nullable String ifMatch, long version) {
		if (ifMatch == null || ifMatch.isBlank()) {
			return;
		}
		String present = of(version);
		boolean matches = Arrays.stream(ifMatch.split(","))
			.map(String::strip)
			.anyMatch((tag) -> tag.equals("*") || tag.equals(present));
		if (!matches) {
			throw ProblemException
				.of(ProblemType.VERSION_CONFLICT, "It has changed since you have read it: read it again.")
				.with("currentETag", present);
		}
	}

}
