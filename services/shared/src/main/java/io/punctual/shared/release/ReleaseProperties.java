package io.punctual.shared.release;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which release this is, and whether it asks before it does background work.
 *
 * @param id the release's name, such as the commit; instances of one release share it
 * @param gate whether the work waits for the release's activation
 * @param look how often an instance looks whether its release is active
 * @param heartbeat how often an instance says that its release lives
 * @param deadAfter a release that was not heard of for so long is dead; another one takes
 * over only after as long a time in which it reached the database without a break
 */
@ConfigurationProperties("punctual.release")
record ReleaseProperties(@DefaultValue("unnamed") String id, @DefaultValue("open") Gate gate,
		@DefaultValue("500ms") Duration look, @DefaultValue("2s") Duration heartbeat,
		@DefaultValue("15s") Duration deadAfter) {

	ReleaseProperties {
		if (!id.matches("[\\x21-\\x7e]{1,100}")) {
			throw new IllegalArgumentException("punctual.release.id must be 1 to 100 printable ASCII characters");
		}
		if (gate == Gate.GUARDED && id.equals("unnamed")) {
			throw new IllegalArgumentException("A guarded gate needs the release's name in punctual.release.id");
		}
	}

	/**
	 * What stands before the background work.
	 */
	enum Gate {

		/** Nothing: laptops, tests and plain Compose. */
		OPEN,

		/** The release's state. */
		GUARDED

	}

}
