package io.punctual.shared.contract;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * {@code audit.recorded}: somebody did something by the API, or was refused it. The
 * event's time and correlation id are the act's.
 *
 * @param auditId the entry
 * @param actor who did it
 * @param action what, as the API document names it: method and path template, such as
 * {@code POST /v1/notices/{noticeId}/updates}
 * @param outcome whether it was done
 * @param about the ids of what it was about, those of the path first
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AuditRecorded(String auditId, Actor actor, String action, Outcome outcome, List<String> about) {

	public static final String TYPE = "audit.recorded";

	public AuditRecorded {
		about = List.copyOf(about);
	}

	/**
	 * Who acted.
	 *
	 * @param kind a person who signed in, or a machine's credential
	 * @param subject the token's subject; of a machine its OAuth client
	 * @param name the person's user name
	 * @param clientId the client on whose behalf a client's credential acted
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Actor(Kind kind, String subject, @Nullable String name, @Nullable String clientId) {

		/**
		 * Whether somebody or something acted.
		 */
		public enum Kind {

			PERSON, MACHINE

		}

	}

	/**
	 * What became of it.
	 */
	public enum Outcome {

		DONE, DENIED

	}

}
