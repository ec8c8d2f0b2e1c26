package io.punctual.testing.sample;

import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;

import com.nimbusds.jwt.JWTClaimsSet;
import io.punctual.shared.security.Scopes;
import io.punctual.shared.security.ServiceTokens;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

class SecurityTests extends SampleTest {

	@Autowired
	private ServiceTokens serviceTokens;

	@Test
	void wantsAToken() {
		RestTestClient.ResponseSpec answer = this.api.anonymous().get().uri("/v1/things").exchange();
		assertThat(header(answer, "WWW-Authenticate")).isEqualTo("Bearer");
		problem(answer, 401, "unauthenticated");
		problem(this.api.anonymous().get().uri("/v1/nothing").exchange(), 401, "unauthenticated");
	}

	@Test
	void refusesTokensThatAreNotValidHere() {
		refused("nonsense");
		refused(this.tokens.forged());
		refusedWith((claims) -> claims.issuer("http://127.0.0.1:1"));
		refusedWith((claims) -> claims.issuer(null));
		refusedWith((claims) -> claims.expirationTime(Date.from(Instant.now().minusSeconds(60))));
		refusedWith((claims) -> claims.expirationTime(null));
		refusedWith((claims) -> claims.claim("token_use", "id"));
		refusedWith((claims) -> claims.claim("token_use", null));
		refusedWith((claims) -> claims.subject(null));
		refusedWith((claims) -> claims.subject("x".repeat(256)));
		String unsigned = this.tokens.provider();
		refused("eyJhbGciOiJub25lIn0" + unsigned.substring(unsigned.indexOf('.'), unsigned.lastIndexOf('.') + 1));
	}

	@Test
	void neverLooksAtTheAudience() {
		this.api
			.with(this.tokens.token((claims) -> claims.audience("somebody-else").claim("scope", Scopes.PROVIDER_READ)))
			.get()
			.uri("/v1/things")
			.exchange()
			.expectStatus()
			.isOk();
	}

	@Test
	void wantsTheScopeBeforeItLooksAtTheBody() {
		problem(this.api.providerReader()
			.post()
			.uri("/v1/things")
			.header("Idempotency-Key", "k")
			.header("Content-Type", "application/json")
			.body("nonsense")
			.exchange(), 403, "forbidden");
		problem(this.api.with(this.tokens.of("nobody")).get().uri("/v1/things").exchange(), 403, "forbidden");
		problem(this.api.internal().get().uri("/v1/things").exchange(), 403, "forbidden");
		problem(this.api.provider().get().uri("/v1/me").exchange(), 403, "forbidden");
	}

	@Test
	void refusesEverybodyWhereNoScopeIsNamed() {
		problem(this.api.provider().get().uri("/v1/unguarded").exchange(), 403, "forbidden");
	}

	@Test
	void keepsInternalPathsForServices() {
		problem(this.api.anonymous().get().uri("/internal/ping").exchange(), 401, "unauthenticated");
		problem(this.api.provider().get().uri("/internal/ping").exchange(), 403, "forbidden");
		problem(this.api.provider().get().uri("/actuator/env").exchange(), 403, "forbidden");
		this.api.internal().get().uri("/internal/ping").exchange().expectStatus().isOk();
	}

	@Test
	void knowsTheCallersClientByItsCredential() {
		problem(this.api.client("oauth-unknown").get().uri("/v1/me").exchange(), 403, "forbidden");
		this.api.knowCredential("oauth-1", "cli_00000000000000000000000001");
		this.api.client("oauth-1")
			.get()
			.uri("/v1/me")
			.exchange()
			.expectBody()
			.jsonPath("$.clientId")
			.isEqualTo("cli_00000000000000000000000001");
		this.jdbc.sql("UPDATE caller_credential SET state = 'REVOKED'").update();
		problem(this.api.client("oauth-1").get().uri("/v1/me").exchange(), 403, "forbidden");
	}

	@Test
	void showsItsHealthToAnybodyAndNothingElse() {
		for (String path : new String[] { "/actuator/health/liveness", "/actuator/health/readiness" }) {
			this.api.anonymous()
				.get()
				.uri(path)
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.json("{\"status\":\"UP\"}");
		}
		problem(this.api.anonymous().get().uri("/actuator").exchange(), 401, "unauthenticated");
	}

	@Test
	void getsTheServicesOwnToken() {
		String token = this.serviceTokens.token();
		assertThat(this.serviceTokens.token()).isSameAs(token);
		this.api.with(token).get().uri("/internal/ping").exchange().expectStatus().isOk();
	}

	private void refusedWith(Consumer<JWTClaimsSet.Builder> change) {
		refused(this.tokens.token((claims) -> {
			claims.claim("scope", Scopes.PROVIDER_READ);
			change.accept(claims);
		}));
	}

	private void refused(String token) {
		RestTestClient.ResponseSpec answer = this.api.with(token).get().uri("/v1/things").exchange();
		assertThat(header(answer, "WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
		problem(answer, 401, "unauthenticated");
	}

}
