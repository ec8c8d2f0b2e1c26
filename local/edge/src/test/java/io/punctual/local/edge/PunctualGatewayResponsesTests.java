package io.punctual.local.edge;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.punctual.local.edge.document.DocumentReader;
import io.punctual.local.edge.document.GatewayApi;
import io.punctual.local.edge.document.ResponseType;
import io.punctual.local.edge.document.Settings;
import io.punctual.local.edge.document.Source;
import io.punctual.local.edge.gateway.Answer;
import io.punctual.local.edge.gateway.Exchange;
import io.punctual.local.edge.gateway.GatewayAnswers;
import io.punctual.local.edge.gateway.GatewayException;
import io.punctual.local.edge.gateway.Headers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every error that the gateway itself can answer is the same kind of problem as the
 * services' are, whatever happened.
 */
class PunctualGatewayResponsesTests {

	private static final GatewayApi API = DocumentReader.read(Source.of(Path.of(Rules.DOCUMENT)));

	private static final Settings SETTINGS = Settings.read(Source.of(Path.of(Rules.SETTINGS)));

	/** As the document lists them for people. */
	private static final Set<String> TYPES = Set.of("malformed-request", "unauthenticated", "forbidden",
			"payload-too-large", "unsupported-media-type", "rate-limited", "unavailable", "internal");

	/** Where a client should come again by itself, it is told when. */
	private static final Set<Integer> COME_AGAIN = Set.of(429, 503, 504);

	private static final Pattern TYPE = Pattern.compile("https://punctual\\.example/problems/([a-z-]+)");

	@ParameterizedTest
	@EnumSource(ResponseType.class)
	void isAProblem(ResponseType type) {
		Exchange exchange = new Exchange(SETTINGS, "GET", "/v1/clients", null, new Headers(), "127.0.0.1");
		Answer answer = new GatewayAnswers(API).answer(new GatewayException(type, "It \"was\" so"), exchange);
		assertThat(answer.headers().get("Content-Type")).isEqualTo("application/problem+json");
		assertThat(answer.headers().get("x-amzn-ErrorType")).isEqualTo(type.errorType());
		assertThat(answer.headers().get("X-Correlation-Id")).isEqualTo(exchange.requestId());
		assertThat(answer.headers().get("Access-Control-Allow-Origin")).isEqualTo("http://localhost:3000");
		JsonNode problem = new JsonMapper().readTree(new String(answer.body(), StandardCharsets.UTF_8));
		Matcher matcher = TYPE.matcher(problem.path("type").asString());
		assertThat(matcher.matches()).isTrue();
		assertThat(TYPES).contains(matcher.group(1));
		assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
		assertThat(problem.path("title").asString()).isNotBlank();
		assertThat(problem.path("detail").asString()).isEqualTo("It \"was\" so");
		assertThat(problem.path("requestId").asString()).isEqualTo(exchange.requestId());
		if (COME_AGAIN.contains(answer.status())) {
			assertThat(answer.headers().get("Retry-After")).matches("[1-9][0-9]*");
		}
	}

}
