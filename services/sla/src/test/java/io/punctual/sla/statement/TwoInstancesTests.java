package io.punctual.sla.statement;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.punctual.shared.schema.CheckMode;
import io.punctual.shared.schema.CheckReport;
import io.punctual.sla.FakeLogs;
import io.punctual.sla.Said;
import io.punctual.sla.SlaApplication;
import io.punctual.testing.Instance;
import io.punctual.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several instances look at the month's end at the same moment.
 */
class TwoInstancesTests {

	private static final TestDatabase DATABASE = TestDatabase.create();

	private static final FakeLogs LOGS = new FakeLogs();

	private static final Path KEYS = Story.keyFile();

	@AfterAll
	static void drop() {
		LOGS.close();
		DATABASE.close();
	}

	@Test
	void eachMonthIsStatedOnce() throws Exception {
		try (Instance one = instance(); Instance other = instance()) {
			JdbcClient jdbc = one.bean(JdbcClient.class);
			List<Said> clients = new ArrayList<>();
			for (int i = 0; i < 6; i++) {
				clients.add(Story.kept(LOGS, jdbc));
			}
			CyclicBarrier together = new CyclicBarrier(4);
			List<Future<?>> all = new ArrayList<>();
			try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
				for (Instance instance : List.of(one, other, one, other)) {
					all.add(threads.submit(() -> {
						together.await();
						instance.bean(MonthEnd.class).closeAll();
						return true;
					}));
				}
			}
			for (Future<?> each : all) {
				each.get();
			}
			for (Said said : clients) {
				List<String> periods = jdbc.sql("SELECT period FROM statement WHERE client_id = ? ORDER BY number")
					.param(said.clientId())
					.query((row, number) -> row.getString(1))
					.list();
				assertThat(periods).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(3).isSorted();
				assertThat(periods.getFirst()).isEqualTo(Story.MONTH.toString());
			}
			long statements = jdbc.sql("SELECT COUNT(*) FROM statement").query(Long.class).single();
			assertThat(jdbc.sql("SELECT COUNT(*) FROM event_log WHERE type = 'statement.closed'")
				.query(Long.class)
				.single()).isEqualTo(statements);
			CheckReport report = CheckMode.check("check", "--spring.datasource.url=" + DATABASE.getJdbcUrl(),
					"--spring.datasource.username=" + DATABASE.getUsername(),
					"--spring.datasource.password=" + DATABASE.getPassword());
			assertThat(report.checked()).as(String.valueOf(report.fault())).containsEntry("statements", statements);
		}
	}

	private static Instance instance() {
		return Instance.start(SlaApplication.class, DATABASE,
				Stream
					.concat(LOGS.settings().stream(),
							Stream.of("punctual.secrets.key-file=" + KEYS, "punctual.statements.look=-"))
					.toArray(String[]::new));
	}

}
