package io.punctual.shared.schema;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a check came to.
 *
 * @param result what is known of the schema
 * @param checked how many of what were found sound
 * @param fault the first fault, or why nothing could be checked; null if all is sound
 */
public record CheckReport(Result result, Map<String, Long> checked, @Nullable String fault) {

	static CheckReport sound(Map<String, Long> checked) {
		return new CheckReport(Result.SOUND, checked, null);
	}

	static CheckReport unsound(Map<String, Long> checked, String fault) {
		return new CheckReport(Result.UNSOUND, checked, fault);
	}

	static CheckReport unchecked(String reason) {
		return new CheckReport(Result.UNCHECKED, Map.of(), reason);
	}

	/** The status that the process ends with. */
	public int exitStatus() {
		return this.result.ordinal();
	}

	/**
	 * What is known; the order is that of the exit statuses.
	 */
	public enum Result {

		/** Everything is as it must be. */
		SOUND,

		/** Something is not. */
		UNSOUND,

		/** Nobody knows. */
		UNCHECKED

	}

}
