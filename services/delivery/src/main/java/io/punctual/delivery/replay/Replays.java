package io.punctual.delivery.replay;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

import io.punctual.delivery.dispatch.ReplayedDeliveries.Batch;
import io.punctual.delivery.dispatch.ReplayedDeliveries.Range;
import io.punctual.delivery.replay.Replay.Only;
import io.punctual.delivery.replay.Replay.State;
import io.punctual.shared.time.DatabaseTime;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The replays that were asked for.
 */
@Repository
class Replays {

	private final JdbcClient jdbc;

	Replays(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void insert(Replay replay) {
		this.jdbc.sql("""
				INSERT INTO replay (replay_id, endpoint_id, client_id, owed_since, owed_until, only_which, state,
				  reached, replayed, created_at) VALUES (?, ?, ?, ?, ?, ?, 'RUNNING', '', 0, ?)""")
			.params(replay.replayId(), replay.endpointId(), replay.clientId(), DatabaseTime.toColumn(replay.since()),
					DatabaseTime.toColumn(replay.until()), replay.only().name(),
					DatabaseTime.toColumn(replay.createdAt()))
			.update();
	}

	Optional<Replay> find(String replayId) {
		return this.jdbc.sql("SELECT * FROM replay WHERE replay_id = ?").param(replayId).query(Replays::map).optional();
	}

	/**
	 * Whether one is running for an endpoint, which is locked until the transaction's
	 * end.
	 */
	boolean isRunning(String endpointId) {
		this.jdbc.sql("SELECT 1 FROM endpoint WHERE endpoint_id = ? FOR UPDATE").param(endpointId).query().listOfRows();
		return this.jdbc.sql("SELECT COUNT(*) FROM replay WHERE endpoint_id = ? AND state = 'RUNNING'")
			.param(endpointId)
			.query(Integer.class)
			.single() > 0;
	}

	/** One that is running and that nobody else works on, locked. */
	Optional<Running> take() {
		return this.jdbc.sql("SELECT * FROM replay WHERE state = 'RUNNING' LIMIT 1 FOR UPDATE SKIP LOCKED")
			.query((row, number) -> new Running(row.getString("replay_id"),
					new Range(row.getString("endpoint_id"), instant(row, "owed_since"), instant(row, "owed_until"),
							Only.valueOf(row.getString("only_which")) == Only.ALL, row.getString("reached"))))
			.optional();
	}

	void advance(String replayId, Batch batch, Instant now) {
		this.jdbc.sql("""
				UPDATE replay SET reached = COALESCE(:reached, reached), replayed = replayed + :replayed,
				  state = :state, finished_at = :finished WHERE replay_id = :id""")
			.param("reached", batch.reached())
			.param("replayed", batch.replayed())
			.param("state", batch.last() ? "DONE" : "RUNNING")
			.param("finished", batch.last() ? DatabaseTime.toColumn(now) : null)
			.param("id", replayId)
			.update();
	}

	private static Replay map(ResultSet row, int number) throws SQLException {
		return new Replay(row.getString("replay_id"), row.getString("endpoint_id"), row.getString("client_id"),
				instant(row, "owed_since"), instant(row, "owed_until"), Only.valueOf(row.getString("only_which")),
				State.valueOf(row.getString("state")), row.getInt("replayed"), instant(row, "created_at"),
				DatabaseTime.fromNullableColumn(row.getObject("finished_at", LocalDateTime.class)));
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		return DatabaseTime.fromColumn(row.getObject(column, LocalDateTime.class));
	}

	/**
	 * One that is worked on.
	 */
	record Running(String replayId, Range range) {
	}

}
