package io.punctual.sla;

import java.util.stream.Stream;

import io.punctual.testing.Instance;
import io.punctual.testing.TestDatabase;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the service as a process would: as often as a test likes, on one database.
 */
final class Services {

	private Services() {
	}

	static ConfigurableApplicationContext start(TestDatabase database, FakeLogs logs) {
		return Instance
			.start(SlaApplication.class, database,
					Stream.of("clients", "notices", "delivery")
						.map((source) -> "punctual.sources." + source + ".url=" + logs.url(source))
						.toArray(String[]::new))
			.context();
	}

}
