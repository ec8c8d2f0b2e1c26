package io.punctual.sla;

import java.util.ArrayList;
import java.util.List;

import io.punctual.testing.TestDatabase;
import io.punctual.testing.TestTokens;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the service as a process would: as often as a test likes, on one database.
 */
final class Services {

	private Services() {
	}

	static ConfigurableApplicationContext start(TestDatabase database, FakeLogs logs) {
		List<String> args = new ArrayList<>(
				List.of("--server.port=0", "--spring.datasource.url=" + database.getJdbcUrl(),
						"--spring.datasource.username=" + database.getUsername(),
						"--spring.datasource.password=" + database.getPassword(),
						"--punctual.identity.issuer=" + TestTokens.shared().issuer(),
						"--punctual.identity.client-id=test-service", "--punctual.identity.client-secret=test-secret",
						"--server.shutdown=immediate"));
		for (String source : List.of("clients", "notices", "delivery")) {
			args.add("--punctual.sources." + source + ".url=" + logs.url(source));
		}
		return new SpringApplicationBuilder(SlaApplication.class).run(args.toArray(String[]::new));
	}

}
