package io.punctual.shared.release;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.shared.transaction.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The releases of this service as its schema knows them. A state changes under one lock,
 * so that at most one release is active.
 */
class Releases {

	private static final Duration REMEMBERED = Duration.ofDays(30);

	private static final Logger logger = LoggerFactory.getLogger(Releases.class);

	private final JdbcClient jdbc;

	private final Transactions transactions;

	private final DatabaseClock clock;

	private final Duration deadAfter;

	Releases(JdbcClient jdbc, Transactions transactions, DatabaseClock clock, Duration deadAfter) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.clock = clock;
		this.deadAfter = deadAfter;
	}

	List<Release> all() {
		return this.jdbc
			.sql("SELECT release_id, state, heartbeat_at, activated_at FROM work_release ORDER BY release_id")
			.query(Releases::release)
			.list();
	}

	private static Release release(ResultSet row, int number) throws SQLException {
		return new Release(row.getString(1), ReleaseState.valueOf(row.getString(2)),
				DatabaseTime.fromColumn(row.getObject(3, LocalDateTime.class)),
				DatabaseTime.fromNullableColumn(row.getObject(4, LocalDateTime.class)));
	}

	/**
	 * Say that an instance of the release lives. A release that is new waits for its
	 * activation; only the first one that a schema ever sees is active at once, since it
	 * takes no work from anybody.
	 */
	void beat(String release) {
		if (touch(release) == 0) {
			this.transactions.write(() -> {
				lock();
				List<Release> all = all();
				if (all.stream().noneMatch((one) -> one.release().equals(release))) {
					this.jdbc.sql("""
							INSERT INTO work_release (release_id, state, heartbeat_at, activated_at)
							VALUES (?, 'STANDBY', UTC_TIMESTAMP(6), NULL)""").param(release).update();
					if (all.isEmpty()) {
						set(release, ReleaseState.ACTIVE);
					}
				}
			});
		}
	}

	private int touch(String release) {
		return this.jdbc.sql("UPDATE work_release SET heartbeat_at = UTC_TIMESTAMP(6) WHERE release_id = ?")
			.param(release)
			.update();
	}

	/**
	 * Make a release the active one; who was active drains. Nothing happens if it is
	 * already.
	 */
	void activate(String release) {
		this.transactions.write(() -> {
			lock();
			if (required(release).state() != ReleaseState.ACTIVE) {
				succeed(release);
			}
			forget();
		});
	}

	/**
	 * Keep a release from working; if it is the active one, the one before it is active
	 * again.
	 */
	void reject(String release) {
		this.transactions.write(() -> {
			lock();
			ReleaseState former = required(release).state();
			set(release, ReleaseState.REJECTED);
			if (former == ReleaseState.ACTIVE) {
				Release.predecessor(all(), this.clock.now(), this.deadAfter)
					.ifPresent((predecessor) -> succeed(predecessor.release()));
			}
		});
	}

	/**
	 * Make a release the active one if the active one is dead and this is its heir.
	 * @return whether it did
	 */
	boolean takeOver(String release) {
		return this.transactions.write(() -> {
			lock();
			Optional<Release> heir = Release.heir(all(), this.clock.now(), this.deadAfter);
			if (heir.isEmpty() || !heir.get().release().equals(release)) {
				return false;
			}
			succeed(release);
			return true;
		});
	}

	private void succeed(String release) {
		this.jdbc.sql("UPDATE work_release SET state = 'DRAINING' WHERE state = 'ACTIVE'").update();
		set(release, ReleaseState.ACTIVE);
	}

	private void set(String release, ReleaseState state) {
		boolean active = state == ReleaseState.ACTIVE;
		this.jdbc
			.sql("UPDATE work_release SET state = ?, activated_at = " + (active ? "UTC_TIMESTAMP(6)" : "activated_at")
					+ " WHERE release_id = ?")
			.params(state.name(), release)
			.update();
		logger.info("Release {} is {}", release, state);
	}

	/** Releases that nobody has heard of for long are of no use to anybody. */
	private void forget() {
		this.jdbc.sql("DELETE FROM work_release WHERE state <> 'ACTIVE' AND heartbeat_at < ?")
			.param(DatabaseTime.toColumn(this.clock.now().minus(REMEMBERED)))
			.update();
	}

	private Release required(String release) {
		return all().stream()
			.filter((one) -> one.release().equals(release))
			.findFirst()
			.orElseThrow(() -> ProblemException.notFound(release));
	}

	private void lock() {
		this.jdbc.sql("SELECT id FROM work_gate WHERE id = 1 FOR UPDATE").query(Integer.class).single();
	}

	/** Whether the release would take over, if it asked. */
	boolean isHeir(String release, List<Release> all) {
		return all.stream().noneMatch((one) -> one.state() == ReleaseState.ACTIVE && one.release().equals(release))
				&& Release.heir(all, this.clock.now(), this.deadAfter)
					.filter((heir) -> heir.release().equals(release))
					.isPresent();
	}

}
