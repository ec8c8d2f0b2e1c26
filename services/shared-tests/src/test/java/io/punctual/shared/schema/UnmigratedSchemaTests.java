package io.punctual.shared.schema;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.punctual.testing.Instance;
import io.punctual.testing.TestDatabase;
import io.punctual.testing.sample.RecordingWork;
import io.punctual.testing.sample.SampleApplication;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Services that do not migrate by themselves, as on AWS, and those that all do at once.
 */
class UnmigratedSchemaTests {

	@Test
	void aServiceWaitsForItsSchemaAndThenWorks() {
		try (TestDatabase database = TestDatabase.create();
				Instance service = Instance.start(List.of(SampleApplication.class, RecordingWork.class), database,
						"spring.flyway.enabled=false", "punctual.release.look=100ms")) {
			RecordingWork work = service.bean(RecordingWork.class);
			assertThat(service.isReady()).isFalse();
			assertThat(service.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
			await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(60)).until(() -> work.starts() == 0);
			assertThat(MigrateMode.run(new String[] { "migrate", "--spring.datasource.url=" + database.getJdbcUrl(),
					"--spring.datasource.username=" + database.getUsername(),
					"--spring.datasource.password=" + database.getPassword() }))
				.isZero();
			await().atMost(Duration.ofSeconds(60)).until(service::isReady);
			await().atMost(Duration.ofSeconds(60)).until(() -> work.starts() == 1);
		}
	}

	@Test
	void aSchemaThatLacksAVersionIsNotReadyAndALaterOneIs() {
		try (TestDatabase database = TestDatabase.create();
				Instance migrating = Instance.start(SampleApplication.class, database)) {
			JdbcClient jdbc = migrating.bean(JdbcClient.class);
			jdbc.sql("UPDATE flyway_schema_history SET success = FALSE WHERE version = '1'").update();
			try (Instance service = Instance.start(SampleApplication.class, database, "spring.flyway.enabled=false")) {
				assertThat(service.isReady()).isFalse();
				jdbc.sql("UPDATE flyway_schema_history SET success = TRUE WHERE version = '1'").update();
				jdbc.sql("""
						INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,
						  installed_by, installed_on, execution_time, success)
						VALUES (1000, '999', 'later', 'SQL', 'V999__later.sql', 1, 'x', UTC_TIMESTAMP(), 1, TRUE)""")
					.update();
				assertThat(service.isReady()).isTrue();
			}
		}
	}

	@Test
	void fourInstancesStartAtOnceOnAnEmptySchema() throws Exception {
		try (TestDatabase database = TestDatabase.create();
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Callable<Instance> start = () -> Instance.start(SampleApplication.class, database);
			List<Future<Instance>> starting = Stream.generate(() -> threads.submit(start)).limit(4).toList();
			for (Future<Instance> one : starting) {
				try (Instance instance = one.get()) {
					assertThat(instance.isReady()).isTrue();
					assertThat(instance.get("/v1/things").statusCode()).isEqualTo(200);
				}
			}
		}
	}

}
