package io.punctual.delivery.acknowledgement;

import java.time.Instant;
import java.time.LocalDateTime;

import io.punctual.shared.contract.ObligationAcknowledged;
import io.punctual.shared.events.EventLog;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ProviderWriteOrClient;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.shared.transaction.Transactions;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Somebody of the client takes note of an update; the first one counts.
 */
@RestController
class AcknowledgementController {

	private final JdbcClient jdbc;

	private final Transactions transactions;

	private final DatabaseClock clock;

	private final EventLog log;

	AcknowledgementController(JdbcClient jdbc, Transactions transactions, DatabaseClock clock, EventLog log) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.clock = clock;
		this.log = log;
	}

	@PostMapping("/v1/obligations/{obligationId}/acknowledge")
	@ProviderWriteOrClient
	Acknowledgement acknowledge(@PathVariable String obligationId,
			@RequestBody(required = false) @Valid @Nullable Request request, Caller caller) {
		String person = (request != null) ? request.person() : null;
		if (!caller.isClient() && (person == null || person.isBlank())) {
			throw ProblemException.invalid("/person", "must name the person of the client");
		}
		String by = (person != null && !person.isBlank()) ? person.strip() : caller.subject();
		return this.transactions.write(() -> acknowledge(obligationId, by, caller));
	}

	private Acknowledgement acknowledge(String obligationId, String by, Caller caller) {
		Obligation obligation = this.jdbc.sql("""
				SELECT client_id, notice_id, update_id, acknowledged_at, acknowledged_by, acknowledged_means
				FROM obligation WHERE obligation_id = ? FOR UPDATE""")
			.param(obligationId)
			.query((row, number) -> new Obligation(row.getString(1), row.getString(2), row.getString(3),
					DatabaseTime.fromNullableColumn(row.getObject(4, LocalDateTime.class)), row.getString(5),
					row.getString(6)))
			.optional()
			.filter((found) -> !caller.isClient() || found.clientId().equals(caller.clientId()))
			.orElseThrow(() -> ProblemException.notFound(obligationId));
		Instant earlier = obligation.acknowledgedAt();
		if (earlier != null) {
			return new Acknowledgement(obligationId, String.valueOf(obligation.by()),
					String.valueOf(obligation.means()), earlier);
		}
		String means = caller.isClient() ? "API" : "PROVIDER";
		Instant now = this.clock.now();
		this.jdbc.sql("""
				UPDATE obligation SET acknowledged_at = ?, acknowledged_by = ?, acknowledged_means = ?
				WHERE obligation_id = ?""").params(DatabaseTime.toColumn(now), by, means, obligationId).update();
		this.log.append(new NewEvent(ObligationAcknowledged.TYPE, obligationId, now, new ObligationAcknowledged(
				obligationId, obligation.clientId(), obligation.noticeId(), obligation.updateId(), by, means, now)));
		return new Acknowledgement(obligationId, by, means, now);
	}

	/**
	 * Who takes note; the provider has to name the person.
	 */
	record Request(@Nullable @Size(min = 1, max = 200) String person) {
	}

	/**
	 * Who took note, and when.
	 */
	record Acknowledgement(String obligationId, String by, String means, Instant acknowledgedAt) {
	}

	private record Obligation(String clientId, String noticeId, String updateId, @Nullable Instant acknowledgedAt,
			@Nullable String by, @Nullable String means) {
	}

}
