package io.punctual.shared.schema;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import io.punctual.testing.Instance;
import io.punctual.testing.TestDatabase;
import io.punctual.testing.sample.SampleApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CheckModeTests {

	private static final TestDatabase DATABASE = TestDatabase.create();

	private static final JdbcTemplate JDBC = new JdbcTemplate(
			new DriverManagerDataSource(DATABASE.getJdbcUrl(), DATABASE.getUsername(), DATABASE.getPassword()));

	@BeforeAll
	static void migrate() {
		Instance.start(SampleApplication.class, DATABASE).close();
		JDBC.execute("CREATE TABLE owner (id VARCHAR(30) NOT NULL PRIMARY KEY, last INT NOT NULL)");
		JDBC.execute(
				"CREATE TABLE item (owner VARCHAR(30) NOT NULL, number INT NOT NULL, PRIMARY KEY (owner, number))");
	}

	@AfterAll
	static void drop() {
		DATABASE.close();
	}

	@Test
	void theProcessSaysWhatItFoundInOneLineAndByItsStatus() throws Exception {
		JsonNode sound = run(0, DATABASE.getJdbcUrl());
		assertThat(sound.at("/check/result").asString()).isEqualTo("SOUND");
		assertThat(sound.at("/check/checked/migrations").asInt()).isGreaterThan(5);
		JDBC.update("UPDATE log_head SET pos = pos + 1");
		JsonNode unsound = run(1, DATABASE.getJdbcUrl());
		assertThat(unsound.at("/check/result").asString()).isEqualTo("UNSOUND");
		assertThat(unsound.at("/check/fault").asString()).contains("its head says");
		JDBC.update("UPDATE log_head SET pos = pos - 1");
		assertThat(run(2, "jdbc:mysql://127.0.0.1:1/away").at("/check/result").asString()).isEqualTo("UNCHECKED");
	}

	@Test
	void aLogLongerThanAPageIsFollowedToItsEndAndAGapInItIsFound() {
		JDBC.batchUpdate("""
				INSERT INTO event_log (position, type, subject, time, ignorable, correlation_id, data, appended_at)
				VALUES (?, 't', 's', UTC_TIMESTAMP(6), FALSE, 'c', '{}', UTC_TIMESTAMP(6))""",
				IntStream.rangeClosed(5, 10_105).mapToObj((position) -> new Object[] { position }).toList());
		JDBC.update("UPDATE log_head SET pos = 10105, tail = 5");
		assertThat(check().checked()).containsEntry("events", 10_101L);
		JDBC.update("DELETE FROM event_log WHERE position = 10100");
		assertThat(check().fault()).contains("position 10101 where 10100 should be");
		JDBC.update("DELETE FROM event_log");
		assertThat(check().fault()).contains("ends with position 4");
		JDBC.update("UPDATE log_head SET pos = 0, tail = 1");
		assertThat(check().exitStatus()).isZero();
	}

	@Test
	void numbersAreDenseForEachOfManyOwners() {
		JDBC.batchUpdate("INSERT INTO owner (id, last) VALUES (?, 2)",
				IntStream.range(0, 450).mapToObj((i) -> new Object[] { "own_%03d".formatted(i) }).toList());
		JDBC.update("INSERT INTO item (owner, number) SELECT id, 1 FROM owner");
		JDBC.update("INSERT INTO item (owner, number) SELECT id, 2 FROM owner");
		JDBC.update("INSERT INTO owner (id, last) VALUES ('own_none', 0)");
		DenseNumbers items = new DenseNumbers("items", JdbcClient.create(JDBC), "owner.id.last", "item.owner.number");
		assertThat(items.check()).isEqualTo(900);
		JDBC.update("UPDATE item SET number = 3 WHERE owner = 'own_449' AND number = 1");
		assertThatExceptionOfType(UnsoundSchemaException.class).isThrownBy(items::check)
			.withMessageContaining("own_449 has 2 items from 2 to 3");
	}

	private static CheckReport check() {
		return CheckMode.check("check", "--spring.datasource.url=" + DATABASE.getJdbcUrl(),
				"--spring.datasource.username=" + DATABASE.getUsername(),
				"--spring.datasource.password=" + DATABASE.getPassword());
	}

	private static JsonNode run(int status, String url) throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				SampleApplication.class.getName(), "check", "--spring.datasource.url=" + url,
				"--spring.datasource.username=" + DATABASE.getUsername(),
				"--spring.datasource.password=" + DATABASE.getPassword(), "--punctual.log.format=ecs")
			.redirectErrorStream(true)
			.start();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(said).isEqualTo(status);
		List<String> lines = said.lines().filter((line) -> line.contains("CheckMode")).toList();
		assertThat(lines).as(said).hasSize(1);
		return JsonMapper.shared().readTree(lines.getFirst());
	}

}
