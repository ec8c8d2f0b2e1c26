package io.punctual.local.edge.gateway;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Evaluates the mapping expressions of {@code requestParameters}:
 * {@code method.request.…}, {@code context.…}, {@code stageVariables.…} and
 * {@code 'static'} values.
 */
public final class Expressions {

	private static final String METHOD = "method.request.";

	private static final JsonMapper JSON = new JsonMapper();

	private Expressions() {
	}

	public static @Nullable String evaluate(String expression, Exchange exchange) {
		if (expression.startsWith("'") && expression.endsWith("'") && expression.length() > 1) {
			return expression.substring(1, expression.length() - 1);
		}
		if (expression.startsWith("context.")) {
			return exchange.variable(expression.substring("context.".length()));
		}
		if (expression.startsWith("stageVariables.")) {
			return exchange.settings().variables().get(expression.substring("stageVariables.".length()));
		}
		if (!expression.startsWith(METHOD)) {
			return null;
		}
		String source = expression.substring(METHOD.length());
		int dot = source.indexOf('.');
		String kind = (dot < 0) ? source : source.substring(0, dot);
		String name = (dot < 0) ? "" : source.substring(dot + 1);
		return switch (kind) {
			case "path" -> exchange.pathParameters().get(name);
			case "querystring" -> last(exchange.query().getOrDefault(name, List.of()));
			case "multivaluequerystring" -> joined(exchange.query().getOrDefault(name, List.of()));
			case "header" -> exchange.headers().exactly(name);
			case "multivalueheader" -> joined(exchange.headers().all(name));
			case "body" -> body(name, exchange.body());
			default -> null;
		};
	}

	private static @Nullable String last(List<String> values) {
		return values.isEmpty() ? null : values.getLast();
	}

	private static @Nullable String joined(List<String> values) {
		return values.isEmpty() ? null : String.join(",", values);
	}

	private static @Nullable String body(String path, byte[] body) {
		try {
			JsonNode node = JSON.readTree((body.length == 0) ? new byte[] { '{', '}' } : body);
			JsonNode found = path.isEmpty() ? node : node.at("/" + path.replace('.', '/'));
			if (found.isMissingNode() || found.isNull()) {
				return null;
			}
			return found.isString() ? found.stringValue() : found.toString();
		}
		catch (JacksonException ex) {
			throw new GatewayException(io.punctual.local.edge.document.ResponseType.DEFAULT_4XX,
					"Invalid JSON in request body");
		}
	}

}
