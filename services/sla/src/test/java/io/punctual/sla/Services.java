package io.punctual.sla;

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
		return Instance.start(SlaApplication.class, database, logs.settings().toArray(String[]::new)).context();
	}

}
