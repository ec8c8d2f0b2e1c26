package io.punctual.testing.sample;

import java.net.URI;
import java.time.Duration;

import io.punctual.testing.TestDatabase;
import io.punctual.testing.TestTokens;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Import(OutageTests.Lines.class)
class OutageTests extends SampleTest {

	@Autowired
	private BreakableLine toTheDatabase;

	@Autowired
	private BreakableLine toTheIssuer;

	@Test
	void startsWithoutTheIssuerAndOutlivesIt() {
		this.toTheIssuer.cut();
		RestTestClient.ResponseSpec answer = this.api.provider().get().uri("/v1/things").exchange();
		assertThat(header(answer, "Retry-After")).isEqualTo("1");
		problem(answer, 503, "unavailable");
		this.toTheIssuer.mend();
		this.api.provider().get().uri("/v1/things").exchange().expectStatus().isOk();
		this.toTheIssuer.cut();
		this.api.provider().get().uri("/v1/things").exchange().expectStatus().isOk();
		problem(this.api.with(this.tokens.forged()).get().uri("/v1/things").exchange(), 401, "unauthenticated");
		this.toTheIssuer.mend();
	}

	@Test
	void saysThatTheDatabaseIsDownAndRecovers() {
		this.api.knowCredential("oauth-out", "cli_00000000000000000000000003");
		health("readiness", 200);
		this.toTheDatabase.cut();
		RestTestClient.ResponseSpec answer = create("out", "{\"name\":\"out\"}");
		assertThat(header(answer, "Retry-After")).isEqualTo("1");
		problem(answer, 503, "unavailable");
		problem(this.api.client("oauth-out").get().uri("/v1/me").exchange(), 503, "unavailable");
		health("readiness", 503);
		health("liveness", 200);
		this.toTheDatabase.mend();
		// The pool tries again after a pause.
		await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> health("readiness", 200));
		create("out", "{\"name\":\"out\"}").expectStatus().isCreated();
		assertThat(countOf("out")).isOne();
	}

	private void health(String group, int status) {
		this.api.anonymous().get().uri("/actuator/health/" + group).exchange().expectStatus().isEqualTo(status);
	}

	/**
	 * Puts breakable lines between the service and what it needs.
	 */
	@TestConfiguration
	static class Lines {

		@Bean
		BreakableLine toTheDatabase(TestDatabase database) {
			return new BreakableLine(URI.create(database.getJdbcUrl().substring("jdbc:".length())).getPort());
		}

		@Bean
		BreakableLine toTheIssuer() {
			return new BreakableLine(URI.create(TestTokens.shared().issuer()).getPort());
		}

		@Bean
		DynamicPropertyRegistrar issuerByTheLine(BreakableLine toTheIssuer) {
			return (registry) -> registry.add("punctual.identity.jwks-uri",
					() -> "http://127.0.0.1:" + toTheIssuer.port() + "/oauth2/jwks");
		}

		@Bean
		@Primary
		JdbcConnectionDetails databaseByTheLine(TestDatabase database, BreakableLine toTheDatabase) {
			return new JdbcConnectionDetails() {

				@Override
				public String getUsername() {
					return database.getUsername();
				}

				@Override
				public String getPassword() {
					return database.getPassword();
				}

				@Override
				public String getJdbcUrl() {
					return database.getJdbcUrl().replaceFirst(":\\d+/", ":" + toTheDatabase.port() + "/");
				}

			};
		}

	}

}
