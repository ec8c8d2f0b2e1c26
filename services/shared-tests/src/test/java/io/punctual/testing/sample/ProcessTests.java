package io.punctual.testing.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.punctual.local.database.FreePort;
import io.punctual.testing.TestDatabase;
import io.punctual.testing.TestTokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The application as a process of its own: what it logs, and how it ends.
 */
class ProcessTests {

	private final HttpClient http = HttpClient.newHttpClient();

	private final TestDatabase database = TestDatabase.create();

	@TempDir
	private Path folder;

	private int port;

	private Process process;

	@BeforeEach
	void start() throws IOException {
		this.port = FreePort.find();
		this.process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				SampleApplication.class.getName(), "--server.port=" + this.port, "--punctual.log.format=ecs",
				"--punctual.web.path-prefix=/prod", "--spring.datasource.url=" + this.database.getJdbcUrl(),
				"--spring.datasource.username=" + this.database.getUsername(),
				"--spring.datasource.password=" + this.database.getPassword(),
				"--punctual.identity.issuer=" + TestTokens.shared().issuer())
			.redirectErrorStream(true)
			.redirectOutput(log().toFile())
			.start();
		await().atMost(Duration.ofMinutes(5)).ignoreExceptions().until(this::isReady);
	}

	@AfterEach
	void stop() {
		this.process.destroyForcibly();
		this.http.close();
		this.database.close();
	}

	@Test
	void logsOneJsonObjectALineAndEndsGracefully() throws Exception {
		assertThat(send("/v1/things", "boom").join().statusCode()).isEqualTo(500);
		assertThat(send("/prod/v1/things", "prefixed").join().statusCode()).isEqualTo(201);
		CompletableFuture<HttpResponse<String>> slow = send("/v1/things", "sleepy");
		await().atMost(Duration.ofSeconds(60)).until(() -> isUnderWay("sleepy"));
		this.process.destroy();
		assertThat(slow.join().statusCode()).isEqualTo(201);
		assertThat(this.process.waitFor(300, TimeUnit.SECONDS)).isTrue();
		for (String line : Files.readAllLines(log())) {
			JsonNode entry = JsonMapper.shared().readTree(line);
			assertThat(entry.has("@timestamp")).isTrue();
		}
		assertThat(Files.readString(log())).contains("\"correlationId\":\"seen-boom\"");
	}

	private boolean isReady() throws IOException, InterruptedException {
		return this.http
			.send(HttpRequest.newBuilder(uri("/actuator/health/readiness")).build(), BodyHandlers.discarding())
			.statusCode() == 200;
	}

	/** Whether its handler has begun, which is seen before it has committed. */
	private boolean isUnderWay(String name) throws SQLException {
		try (Connection connection = DriverManager.getConnection(this.database.getJdbcUrl(),
				this.database.getUsername(), this.database.getPassword())) {
			connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
			try (PreparedStatement statement = connection.prepareStatement("SELECT 1 FROM thing WHERE name = ?")) {
				statement.setString(1, name);
				return statement.executeQuery().next();
			}
		}
	}

	private CompletableFuture<HttpResponse<String>> send(String path, String name) {
		HttpRequest request = HttpRequest.newBuilder(uri(path))
			.header("Authorization", "Bearer " + TestTokens.shared().provider())
			.header("Idempotency-Key", name)
			.header("X-Correlation-Id", "seen-" + name)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
			.build();
		return this.http.sendAsync(request, BodyHandlers.ofString());
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

	private Path log() {
		return this.folder.resolve("log");
	}

}
