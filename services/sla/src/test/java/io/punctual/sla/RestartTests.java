package io.punctual.sla;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.DeliveriesSettled;
import io.punctual.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service that is away at the due instant judges as if it had been there.
 */
class RestartTests {

	@Test
	void judgesRightAfterBeingAwayAtDue() throws InterruptedException {
		Said kept = Said.with(Map.of(Objective.DELIVERY, Duration.ofSeconds(2)), false);
		Said broken = Said.with(Map.of(Objective.DELIVERY, Duration.ofSeconds(2)), false);
		Said late = Said.with(Map.of(Objective.DELIVERY, Duration.ofSeconds(2)), false);
		List<Said> all = List.of(kept, broken, late);
		try (TestDatabase database = TestDatabase.create(); FakeLogs logs = new FakeLogs()) {
			Instant published;
			try (ConfigurableApplicationContext service = Services.start(database, logs)) {
				// However busy the machine is, it is not judged before the end.
				logs.down("delivery");
				published = Instant.now();
				for (Said said : all) {
					logs.append("notices", "update.published", said.noticeId(), said.published(published));
					logs.append("notices", "update.owed", said.noticeId(), said.owed(published));
				}
				await(service, "SELECT COUNT(*) FROM clock WHERE state = 'RUNNING'", 3);
			}
			logs.append("delivery", "deliveries.settled", kept.endpointId(), kept
				.settled(DeliveriesSettled.Outcome.DELIVERED, published.plusSeconds(2), published.plusSeconds(2)));
			logs.append("delivery", "deliveries.settled", late.endpointId(), late
				.settled(DeliveriesSettled.Outcome.DELIVERED, published.plusMillis(2001), published.plusMillis(2001)));
			logs.up("delivery");
			Thread.sleep(Math.max(0, Duration.between(Instant.now(), published.plusSeconds(3)).toMillis()));
			try (ConfigurableApplicationContext service = Services.start(database, logs)) {
				await(service, "SELECT COUNT(*) FROM clock WHERE next_at IS NULL", 3);
				assertThat(state(service, kept)).isEqualTo("MET");
				assertThat(state(service, broken)).isEqualTo("BREACHED");
				assertThat(state(service, late)).isEqualTo("BREACHED");
				assertThat(count(service, "SELECT COUNT(*) FROM event_log WHERE type = 'clock.breached'")).isEqualTo(2);
				assertThat(count(service, "SELECT COUNT(*) FROM event_log WHERE type = 'clocks.met'")).isEqualTo(1);
			}
		}
	}

	private static String state(ConfigurableApplicationContext service, Said said) {
		return service.getBean(JdbcClient.class)
			.sql("SELECT state FROM clock WHERE client_id = ?")
			.param(said.clientId())
			.query(String.class)
			.single();
	}

	private static long count(ConfigurableApplicationContext service, String sql) {
		return service.getBean(JdbcClient.class).sql(sql).query(Long.class).single();
	}

	private static void await(ConfigurableApplicationContext service, String sql, long expected)
			throws InterruptedException {
		Instant until = Instant.now().plusSeconds(60);
		while (count(service, sql) != expected) {
			assertThat(Instant.now()).as(sql).isBefore(until);
			Thread.sleep(50);
		}
	}

}
