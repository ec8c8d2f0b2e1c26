package io.punctual.delivery.acknowledgement;

import java.time.Instant;
import java.time.LocalDateTime;

import io.punctual.delivery.dispatch.ConfirmedDeliveries;
import io.punctual.shared.contract.ObligationAcknowledged;
import io.punctual.shared.events.EventLog;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who took note of what; the first one counts.
 */
@Repository
class Acknowledgements {

	private final JdbcClient jdbc;

	private final ConfirmedDeliveries confirmed;

	private final DatabaseClock clock;

	private final EventLog log;

	Acknowledgements(JdbcClient jdbc, ConfirmedDeliveries confirmed, DatabaseClock clock, EventLog log) {
		this.jdbc = jdbc;
		this.confirmed = confirmed;
		this.clock = clock;
		this.log = log;
	}

	/**
	 * Find an obligation.
	 * @param clientId whose it has to be; null: anybody's
	 */
	Obligation find(String obligationId, @Nullable String clientId) {
		return find(obligationId, clientId, "");
	}

	/** Take note, inside the caller's transaction. */
	Acknowledgement acknowledge(String obligationId, @Nullable String clientId, String by, String means) {
		Obligation obligation = find(obligationId, clientId, " FOR UPDATE");
		Acknowledgement earlier = obligation.acknowledged();
		if (earlier != null) {
			return earlier;
		}
		Instant now = this.clock.now();
		this.jdbc.sql("""
				UPDATE obligation SET acknowledged_at = ?, acknowledged_by = ?, acknowledged_means = ?
				WHERE obligation_id = ?""").params(DatabaseTime.toColumn(now), by, means, obligationId).update();
		this.confirmed.acknowledged(obligationId);
		this.log.append(new NewEvent(ObligationAcknowledged.TYPE, obligationId, now, new ObligationAcknowledged(
				obligationId, obligation.clientId(), obligation.noticeId(), obligation.updateId(), by, means, now)));
		return new Acknowledgement(obligationId, by, means, now);
	}

	private Obligation find(String obligationId, @Nullable String clientId, String lock) {
		return this.jdbc.sql("""
				SELECT client_id, notice_id, update_id, acknowledged_at, acknowledged_by, acknowledged_means
				FROM obligation WHERE obligation_id = ?""" + lock).param(obligationId).query((row, number) -> {
			Instant at = DatabaseTime.fromNullableColumn(row.getObject(4, LocalDateTime.class));
			return new Obligation(row.getString(1), row.getString(2), row.getString(3),
					(at != null) ? new Acknowledgement(obligationId, row.getString(5), row.getString(6), at) : null);
		})
			.optional()
			.filter((found) -> clientId == null || found.clientId().equals(clientId))
			.orElseThrow(() -> ProblemException.notFound(obligationId));
	}

	/**
	 * What is owed to whom.
	 */
	record Obligation(String clientId, String noticeId, String updateId, @Nullable Acknowledgement acknowledged) {
	}

	/**
	 * Who took note, and when.
	 */
	record Acknowledgement(String obligationId, String by, String means, Instant acknowledgedAt) {
	}

}
