package io.punctual.shared.contract;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.punctual.shared.contract.AgreementTerms.Objective;
import org.jspecify.annotations.Nullable;

/**
 * {@code escalation.opened}, {@code escalation.acknowledged},
 * {@code escalation.resolved}: what somebody of the provider has to look at. Each is said
 * once for an escalation, together with others of the same notice and objective to which
 * the same happened.
 *
 * @param noticeId the notice that promises were made about
 * @param objective what was promised
 * @param drill whether it is an exercise
 * @param at when, by the database's clock
 * @param by the subject of the token that acknowledged or resolved them; null for nobody
 * @param note what was said to it; null if nothing was
 * @param items 1 to 500 escalations
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EscalationsChanged(String noticeId, Objective objective, boolean drill, Instant at, @Nullable String by,
		@Nullable String note, List<Item> items) {

	public static final String OPENED = "escalation.opened";

	public static final String ACKNOWLEDGED = "escalation.acknowledged";

	public static final String RESOLVED = "escalation.resolved";

	/**
	 * One promise to one client.
	 *
	 * @param openedFor {@code AT_RISK} or {@code BREACHED}
	 * @param reason what was known when it was opened
	 * @param dueAt by when it was promised
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Item(String escalationId, String clockId, String clientId, String clientName, String openedFor,
			String reason, Instant dueAt) {
	}

}
