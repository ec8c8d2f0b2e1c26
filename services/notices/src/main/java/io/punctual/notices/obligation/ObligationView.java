package io.punctual.notices.obligation;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One update owed to one client, as the API shows it.
 */
record ObligationView(String obligationId, String noticeId, String updateId, int seq, String clientId,
		@Nullable String clientName, State state, Instant publishedAt, Instant owedFrom, @Nullable Instant dueAt,
		@Nullable String agreementId, @Nullable Integer agreementVersion, boolean supplementary,
		List<String> endpointIds, @Nullable Instant satisfiedAt, @Nullable Boolean inTime,
		@Nullable Instant acknowledgedAt, @Nullable String lastOutcome, @Nullable String lastReason) {

	/**
	 * Whether it has arrived, by what {@code delivery} has told.
	 */
	enum State {

		OPEN, SATISFIED

	}

}
