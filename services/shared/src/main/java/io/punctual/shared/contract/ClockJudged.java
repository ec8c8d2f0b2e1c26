package io.punctual.shared.contract;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.punctual.shared.contract.AgreementTerms.Objective;
import org.jspecify.annotations.Nullable;

/**
 * {@code clock.at_risk}, {@code clock.breached}: what became of a promise; each is said
 * at most once for a clock. That it was kept is said in groups, see {@link ClocksMet}.
 *
 * @param clockId the clock
 * @param clientId to whom it was promised
 * @param objective what was promised
 * @param noticeId the notice it is about
 * @param obligationId the update that was owed, if the promise is about one
 * @param dueAt by when it was promised
 * @param at when it came so: the instant of the risk, the due instant of a breach, the
 * instant at which the promise was kept
 * @param attribution whose miss a breach is, as far as it is known at that instant
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClockJudged(String clockId, String clientId, Objective objective, String noticeId,
		@Nullable String obligationId, Instant dueAt, Instant at, @Nullable Attribution attribution) {

	public static final String AT_RISK = "clock.at_risk";

	public static final String BREACHED = "clock.breached";

	/** What a former release said of each clock by itself; it may still be in a log. */
	public static final String MET = "clock.met";

	/**
	 * Whose miss a breach is.
	 */
	public enum Attribution {

		PROVIDER, RECIPIENT

	}

}
