package io.punctual.delivery.endpoint;

import java.time.Instant;
import java.util.List;

import io.punctual.delivery.DeliveryClock;
import io.punctual.shared.contract.EndpointTested;
import io.punctual.shared.contract.EndpointVerificationFailed;
import io.punctual.shared.contract.EndpointVerified;
import io.punctual.shared.events.EventLog;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.shared.transaction.Transactions;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The challenges and tests that are to be made: a check is taken by moving its next
 * instant on, so one that is lost with its instance is made again.
 */
@Repository
class EndpointChecks {

	private static final int LEASE_SECONDS = 15;

	private static final int AT_ONCE = 20;

	private final JdbcClient jdbc;

	private final Transactions transactions;

	private final EventLog log;

	private final DatabaseClock databaseClock;

	private final DeliveryClock clock;

	EndpointChecks(JdbcClient jdbc, Transactions transactions, EventLog log, DatabaseClock databaseClock,
			DeliveryClock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.log = log;
		this.databaseClock = databaseClock;
		this.clock = clock;
	}

	void order(String checkId, String endpointId, String clientId, Kind kind) {
		this.jdbc.sql("""
				INSERT INTO endpoint_check (check_id, endpoint_id, client_id, kind, state, attempts, next_at)
				VALUES (?, ?, ?, ?, 'PENDING', 0, ?) ON DUPLICATE KEY UPDATE check_id = VALUES(check_id)""")
			.params(checkId, endpointId, clientId, kind.name(), DatabaseTime.toColumn(this.clock.now()))
			.update();
	}

	List<Check> take() {
		return this.transactions.write(() -> {
			Instant now = this.clock.now();
			List<Check> due = this.jdbc.sql("""
					SELECT check_id, endpoint_id, client_id, kind, attempts FROM endpoint_check
					WHERE state = 'PENDING' AND next_at <= ? ORDER BY next_at LIMIT ? FOR UPDATE SKIP LOCKED""")
				.params(DatabaseTime.toColumn(now), AT_ONCE)
				.query((row, number) -> new Check(row.getString("check_id"), row.getString("endpoint_id"),
						row.getString("client_id"), Kind.valueOf(row.getString("kind")), row.getInt("attempts") + 1))
				.list();
			if (!due.isEmpty()) {
				this.jdbc
					.sql("UPDATE endpoint_check SET next_at = :at, attempts = attempts + 1 WHERE check_id IN (:ids)")
					.param("at", DatabaseTime.toColumn(now.plusSeconds(LEASE_SECONDS)))
					.param("ids", due.stream().map(Check::checkId).toList())
					.update();
			}
			return due;
		});
	}

	void again(Check check, Instant at) {
		this.jdbc.sql("UPDATE endpoint_check SET next_at = ? WHERE check_id = ? AND state = 'PENDING'")
			.params(DatabaseTime.toColumn(at), check.checkId())
			.update();
	}

	/**
	 * Ends a check and publishes its result.
	 * @param failure why it failed, or null if it passed
	 */
	void finish(Check check, @Nullable String failure) {
		this.transactions.write(() -> {
			int changed = this.jdbc.sql("""
					UPDATE endpoint_check SET state = :state, result = :result
					WHERE check_id = :id AND state = 'PENDING'""")
				.param("state", (failure != null) ? "FAILED" : "PASSED")
				.param("result", failure)
				.param("id", check.checkId())
				.update();
			if (changed == 1) {
				this.log.append(event(check, failure, this.databaseClock.now()));
			}
		});
	}

	private static NewEvent event(Check check, @Nullable String failure, Instant now) {
		if (check.kind() == Kind.TEST) {
			return new NewEvent(EndpointTested.TYPE, check.endpointId(), now,
					new EndpointTested(check.endpointId(), check.clientId(), check.checkId(), now, failure))
				.ignorable();
		}
		if (failure != null) {
			return new NewEvent(EndpointVerificationFailed.TYPE, check.endpointId(), now,
					new EndpointVerificationFailed(check.endpointId(), check.clientId(), check.checkId(), failure,
							now));
		}
		return new NewEvent(EndpointVerified.TYPE, check.endpointId(), now,
				new EndpointVerified(check.endpointId(), check.clientId(), check.checkId(), now));
	}

	/**
	 * What is checked.
	 */
	enum Kind {

		CHALLENGE, TEST

	}

	/**
	 * A check to make.
	 */
	record Check(String checkId, String endpointId, String clientId, Kind kind, int attempt) {
	}

}
