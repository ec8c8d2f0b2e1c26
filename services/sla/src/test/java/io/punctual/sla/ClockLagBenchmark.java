package io.punctual.sla;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

import io.punctual.shared.id.Ids;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How late verdicts are while 100,000 clocks run: not a test, see the README for the
 * command.
 */
class ClockLagBenchmark {

	private static final int CLOCKS = Integer.getInteger("clocks", 100_000);

	private static final int JUDGED = Integer.getInteger("judged", 10_000);

	private static final int SECONDS = Integer.getInteger("seconds", 30);

	@Test
	void lagOfVerdicts() throws InterruptedException {
		try (TestDatabase database = TestDatabase.create();
				FakeLogs logs = new FakeLogs();
				ConfigurableApplicationContext service = Services.start(database, logs)) {
			JdbcTemplate jdbc = service.getBean(JdbcTemplate.class);
			Instant base = service.getBean(DatabaseClock.class).now().plusSeconds(40);
			String client = Ids.next("cli");
			List<Object[]> rows = new ArrayList<>();
			for (int i = 0; i < CLOCKS; i++) {
				// The first come due within the measured seconds, the others in hours.
				Instant due = (i < JUDGED) ? base.plusMillis(i * SECONDS * 1000L / JUDGED)
						: base.plusSeconds(36_000 + i);
				LocalDateTime at = DatabaseTime.toColumn(due);
				rows.add(new Object[] { Ids.next("clk"), client, Ids.next("not"), at, at, at, at });
				if (rows.size() == 5_000) {
					jdbc.batchUpdate(
							"""
									INSERT INTO clock (clock_id, client_id, objective, notice_id, about, drill, agreement_id,
									  agreement_version, calendar_id, calendar_version, counts_recipient_miss, target_ms, start_at,
									  start_source, start_type, start_position, start_event, at_risk_at, due_at, period, state,
									  evidence, next_at)
									VALUES (?, ?, 'DELIVERY', ?, '', FALSE, 'agr_b', 1, 'cal_b', 1, FALSE, 60000, ?, 'notices',
									  'update.owed', 1, 'b', ?, ?, '2026-09', 'AT_RISK', 'delivery', ?)""",
							rows);
					rows.clear();
				}
			}
			System.out.printf("%d clocks written, the first due in %s%n", CLOCKS,
					Duration.between(service.getBean(DatabaseClock.class).now(), base));
			while (count(jdbc) < JUDGED) {
				Thread.sleep(1000);
			}
			List<Long> micros = JdbcClient.create(jdbc)
				.sql("SELECT TIMESTAMPDIFF(MICROSECOND, at, judged_at) FROM clock_transition ORDER BY 1")
				.query((row, number) -> row.getLong(1))
				.list();
			System.out.printf("%d verdicts over %d s: lag p50 %d ms, p99 %d ms, most %d ms%n", micros.size(), SECONDS,
					micros.get(micros.size() / 2) / 1000, micros.get(micros.size() * 99 / 100) / 1000,
					micros.getLast() / 1000);
		}
	}

	private static long count(JdbcTemplate jdbc) {
		Long count = jdbc.queryForObject("SELECT COUNT(*) FROM clock_transition", Long.class);
		return (count != null) ? count : 0;
	}

}
