package io.punctual.testing.sample;

import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

@PunctualTest(classes = SampleApplication.class)
@TestPropertySource(properties = "punctual.web.origin=https://console.example")
class CrossOriginTests {

	@Autowired
	private Api api;

	@Test
	void letsOnePageReadTheAnswersRefusalsIncluded() {
		allowed(this.api.provider().get().uri("/v1/things").exchange().expectStatus().isOk());
		allowed(this.api.anonymous().get().uri("/v1/things").exchange().expectStatus().isUnauthorized());
		allowed(this.api.provider().get().uri("/v1/nothing").exchange().expectStatus().is4xxClientError());
	}

	@Test
	void saysTheSameWhoeverAsks() {
		allowed(this.api.provider().get().uri("/v1/things").header("Origin", "https://evil.example").exchange());
	}

	private static void allowed(RestTestClient.ResponseSpec answer) {
		answer.expectHeader()
			.valueEquals("Access-Control-Allow-Origin", "https://console.example")
			.expectHeader()
			.value("Access-Control-Expose-Headers",
					(value) -> org.assertj.core.api.Assertions.assertThat(value).contains("ETag", "X-Correlation-Id"));
	}

}
