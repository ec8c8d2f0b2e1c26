package io.punctual.testing.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.punctual.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class TwoInstancesTests extends SampleTest {

	@LocalServerPort
	private int port;

	@Autowired
	private TestDatabase database;

	@Test
	void shareTheirKeys() {
		try (ConfigurableApplicationContext other = new SpringApplicationBuilder(SampleApplication.class).run(
				"--server.port=0", "--spring.datasource.url=" + this.database.getJdbcUrl(),
				"--spring.datasource.username=" + this.database.getUsername(),
				"--spring.datasource.password=" + this.database.getPassword(),
				"--punctual.identity.issuer=" + this.tokens.issuer()); HttpClient http = HttpClient.newHttpClient()) {
			int[] ports = { this.port, other.getEnvironment().getRequiredProperty("local.server.port", Integer.class) };
			for (int round = 0; round < 20; round++) {
				String name = "round " + round;
				List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
				for (int i = 0; i < 6; i++) {
					answers.add(http.sendAsync(create(ports[i % 2], "key " + round, name), BodyHandlers.ofString()));
				}
				assertThat(answers.stream().map(CompletableFuture::join).map(HttpResponse::statusCode))
					.containsOnly(201);
				assertThat(answers.stream().map(CompletableFuture::join).map(HttpResponse::body).distinct()).hasSize(1);
				assertThat(countOf(name)).isOne();
			}
		}
	}

	private HttpRequest create(int port, String key, String name) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/things"))
			.header("Authorization", "Bearer " + this.tokens.provider())
			.header("Idempotency-Key", key)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
			.build();
	}

}
