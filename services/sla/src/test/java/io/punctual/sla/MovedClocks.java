package io.punctual.sla;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.punctual.shared.time.DatabaseTime;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Clocks that a test moves in the database instead of waiting: so nothing depends on a
 * machine's speed. They are named by their paths.
 */
final class MovedClocks {

	private final JdbcClient jdbc;

	MovedClocks(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** As if they were at risk and came due then. */
	void comeDue(Instant due, List<String> clocks) {
		this.jdbc.sql("UPDATE clock SET state = 'AT_RISK', due_at = :due, next_at = :due WHERE clock_id IN (:ids)")
			.param("due", DatabaseTime.toColumn(due))
			.param("ids", clocks.stream().map(MovedClocks::id).toList())
			.update();
	}

	/** As if it had all begun so much earlier. */
	void passes(Duration time, String... clocks) {
		List<String> ids = Stream.of(clocks).map(MovedClocks::id).toList();
		for (String sql : List.of("""
				UPDATE clock SET start_at = start_at - INTERVAL :s SECOND, at_risk_at = at_risk_at - INTERVAL :s SECOND,
				  due_at = due_at - INTERVAL :s SECOND, next_at = next_at - INTERVAL :s SECOND,
				  held_since = held_since - INTERVAL :s SECOND WHERE clock_id IN (:ids)""",
				"UPDATE clock_hold SET held_at = held_at - INTERVAL :s SECOND WHERE clock_id IN (:ids)", """
						UPDATE clock_hold_end SET ended_at = ended_at - INTERVAL :s SECOND
						WHERE hold_id IN (SELECT hold_id FROM clock_hold WHERE clock_id IN (:ids))""")) {
			this.jdbc.sql(sql).param("s", time.toSeconds()).param("ids", ids).update();
		}
	}

	private static String id(String clock) {
		return clock.substring(clock.lastIndexOf('/') + 1);
	}

}
