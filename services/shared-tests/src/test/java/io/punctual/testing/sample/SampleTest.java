package io.punctual.testing.sample;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import io.punctual.testing.TestTokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the tests of the small application share.
 */
@PunctualTest
abstract class SampleTest {

	@Autowired
	protected Api api;

	@Autowired
	protected JdbcClient jdbc;

	protected final TestTokens tokens = TestTokens.shared();

	protected RestTestClient.ResponseSpec create(String body) {
		return create(UUID.randomUUID().toString(), body);
	}

	protected RestTestClient.ResponseSpec create(String key, String body) {
		return this.api.provider()
			.post()
			.uri("/v1/things")
			.header("Idempotency-Key", key)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange();
	}

	protected int countOf(String name) {
		return this.jdbc.sql("SELECT COUNT(*) FROM thing WHERE name = ?").param(name).query(Integer.class).single();
	}

	/**
	 * Asserts that an answer is a problem document.
	 * @return the document
	 */
	protected static JsonNode problem(RestTestClient.ResponseSpec answer, int status, String slug) {
		var result = answer.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody(String.class)
			.returnResult();
		JsonNode problem = JsonMapper.shared().readTree(text(result.getResponseBody()));
		assertThat(problem.at("/type").asString()).isEqualTo("https://punctual.example/problems/" + slug);
		assertThat(problem.at("/status").asInt()).isEqualTo(status);
		assertThat(problem.at("/requestId").asString())
			.isEqualTo(result.getResponseHeaders().getFirst("X-Correlation-Id"));
		assertThat(problem.toString()).doesNotContain("secret inside", "Exception", "tools.jackson", "io.punctual");
		return problem;
	}

	/** The errors of a problem, by field. */
	protected static Map<String, String> errors(JsonNode problem) {
		Map<String, String> errors = new TreeMap<>();
		problem.path("errors")
			.forEach((error) -> errors.put(error.path("field").asString(), error.path("detail").asString()));
		return errors;
	}

	protected static String header(RestTestClient.ResponseSpec answer, String name) {
		HttpHeaders headers = answer.returnResult().getResponseHeaders();
		return text(headers.getFirst(name));
	}

	protected static String text(@Nullable String value) {
		assertThat(value).isNotNull();
		return (value != null) ? value : "";
	}

}
