package io.punctual.aws;

import java.util.stream.Stream;

/**
 * Gives tests of the parts what all parts stand on.
 */
public final class AwsConfigurations {

	private AwsConfigurations() {
	}

	/** The part's configurations with that of AWS. */
	public static Class<?>[] with(Class<?>... parts) {
		return Stream.concat(Stream.of(AwsAutoConfiguration.class), Stream.of(parts)).toArray(Class<?>[]::new);
	}

}
