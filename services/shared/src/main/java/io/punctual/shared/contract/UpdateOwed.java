package io.punctual.shared.contract;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * {@code update.owed}: at most 500 clients to whom an update is owed under one version of
 * an agreement by one instant; the earliest instant's page comes first.
 *
 * @param noticeId the notice
 * @param updateId the update
 * @param publishedAt when the update was said
 * @param drill whether it is an exercise, which no statement counts
 * @param supplementary whether the obligations were found after the publication, by a
 * fact that came late
 * @param agreement the version in force at the publication; absent: best effort, nothing
 * is promised
 * @param dueAt by when it has to arrive; absent if the agreement promises no delivery
 * time
 * @param owed the obligations
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record UpdateOwed(String noticeId, String updateId, Instant publishedAt, boolean drill, boolean supplementary,
		@Nullable AgreementTerms agreement, @Nullable Instant dueAt, List<Owed> owed) {

	public static final String TYPE = "update.owed";

	/**
	 * The most obligations in one event.
	 */
	public static final int MAX_OWED = 500;

	/**
	 * Returns the same page with other obligations.
	 */
	public UpdateOwed of(List<Owed> owed) {
		return new UpdateOwed(this.noticeId, this.updateId, this.publishedAt, this.drill, this.supplementary,
				this.agreement, this.dueAt, owed);
	}

	/**
	 * One obligation.
	 *
	 * @param obligationId the obligation
	 * @param clientId who is owed it
	 * @param endpointIds the endpoints that the obligation froze, those whose filter
	 * matched
	 * @param owedFrom the instant its budget starts at: the publication, or the
	 * entitlement if that is later
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Owed(String obligationId, String clientId, List<String> endpointIds, Instant owedFrom) {
	}

}
