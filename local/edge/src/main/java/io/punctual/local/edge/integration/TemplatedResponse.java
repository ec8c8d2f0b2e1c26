package io.punctual.local.edge.integration;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.punctual.local.edge.document.Integration;
import io.punctual.local.edge.gateway.Answer;
import io.punctual.local.edge.gateway.Exchange;
import io.punctual.local.edge.gateway.Expressions;
import io.punctual.local.edge.gateway.GatewayException;
import io.punctual.local.edge.gateway.Headers;
import io.punctual.local.edge.template.Templates;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a mock or a backend answered into the client's answer, by the integration's
 * responses.
 */
final class TemplatedResponse {

	private static final String BODY = "integration.response.body";

	private static final String HEADER = "integration.response.header.";

	private static final Set<String> REMAPPED = Set.of("authorization", "connection", "content-length", "content-md5",
			"date", "expect", "host", "max-forwards", "proxy-authenticate", "server", "trailer", "upgrade",
			"user-agent", "www-authenticate");

	private final Templates templates;

	TemplatedResponse(Templates templates) {
		this.templates = templates;
	}

	/**
	 * @param from the backend's answer; of a mock, its status and nothing else
	 */
	Answer answer(Exchange exchange, Answer from, boolean mock) {
		Integration.Response response = select(exchange.operation().integration().responses(), from.status());
		Map.Entry<String, String> template = template(response, exchange.headers().get("Accept"));
		byte[] body = mock ? new byte[0] : from.body();
		String type = "application/json";
		if (template != null) {
			type = template.getKey();
			body = this.templates.render(template.getValue(), exchange, mock ? exchange.body() : from.body())
				.getBytes(StandardCharsets.UTF_8);
		}
		Headers headers = new Headers().add("Content-Type", type);
		if (!mock) {
			headers.add("X-Amzn-Trace-Id", exchange.traceId());
		}
		response.parameters().forEach((target, expression) -> {
			String value = value(expression, exchange, from);
			if (value != null && target.startsWith("method.response.header.")) {
				set(headers, target.substring("method.response.header.".length()), value);
			}
		});
		Map<String, String> overrides = exchange.overrides();
		overrides.forEach((name, value) -> {
			if (name.startsWith("responseOverride.header.")) {
				set(headers, name.substring("responseOverride.header.".length()), value);
			}
		});
		String status = overrides.get("responseOverride.status");
		return Answer.of((status != null) ? Integer.parseInt(status) : response.status(), headers, body);
	}

	private static void set(Headers headers, String name, String value) {
		String lower = name.toLowerCase(Locale.ROOT);
		if (REMAPPED.contains(lower)) {
			headers.set("x-amzn-Remapped-" + name, value);
		}
		else if (!lower.equals("transfer-encoding")) {
			headers.set(name, value);
		}
	}

	private static @Nullable String value(String expression, Exchange exchange, Answer from) {
		if (expression.startsWith(HEADER)) {
			return from.headers().get(expression.substring(HEADER.length()));
		}
		return expression.equals(BODY) ? new String(from.body(), StandardCharsets.UTF_8)
				: Expressions.evaluate(expression, exchange);
	}

	private static Integration.Response select(List<Integration.Response> responses, int status) {
		Integration.Response otherwise = null;
		for (Integration.Response response : responses) {
			if (response.pattern().equals("default")) {
				otherwise = response;
			}
			else if (Pattern.matches(response.pattern(), Integer.toString(status))) {
				return response;
			}
		}
		if (otherwise == null) {
			throw GatewayException.internal();
		}
		return otherwise;
	}

	private static Map.@Nullable Entry<String, String> template(Integration.Response response,
			@Nullable String accept) {
		Map.Entry<String, String> first = null;
		for (Map.Entry<String, String> entry : response.templates().entrySet()) {
			if (accept != null && accept.contains(entry.getKey())) {
				return entry;
			}
			first = (first == null || entry.getKey().equals("application/json")) ? entry : first;
		}
		return first;
	}

}
