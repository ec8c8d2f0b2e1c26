package io.punctual.local.edge.integration;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.punctual.local.edge.document.Integration;
import io.punctual.local.edge.document.Integration.Passthrough;
import io.punctual.local.edge.document.ResponseType;
import io.punctual.local.edge.gateway.Answer;
import io.punctual.local.edge.gateway.Exchange;
import io.punctual.local.edge.gateway.GatewayException;
import io.punctual.local.edge.gateway.Headers;
import io.punctual.local.edge.integration.HttpProxyIntegration.Mapped;
import io.punctual.local.edge.template.Templates;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Carries an operation's integration out, by its type.
 */
public final class Integrations {

	private final JsonMapper lenient = JsonMapper.builder()
		.enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES, JsonReadFeature.ALLOW_SINGLE_QUOTES)
		.build();

	private final HttpProxyIntegration proxy;

	private final Templates templates;

	private final TemplatedResponse responses;

	public Integrations(HttpProxyIntegration proxy, Templates templates) {
		this.proxy = proxy;
		this.templates = templates;
		this.responses = new TemplatedResponse(templates);
	}

	public Answer carryOut(Exchange exchange) {
		return switch (exchange.operation().integration().type()) {
			case HTTP_PROXY -> this.proxy.carryOut(exchange);
			case MOCK -> mock(exchange);
			case HTTP -> http(exchange);
		};
	}

	private Answer mock(Exchange exchange) {
		byte[] rendered = body(exchange);
		try {
			JsonNode status = this.lenient.readTree(rendered).path("statusCode");
			if (!status.isIntegralNumber() && !status.asString("").matches("\\d{3}")) {
				throw GatewayException.internal();
			}
			Answer from = Answer.of(status.asInt(), new Headers(), new byte[0]);
			return this.responses.answer(exchange, from, true);
		}
		catch (JacksonException ex) {
			throw GatewayException.internal();
		}
	}

	private Answer http(Exchange exchange) {
		byte[] body = body(exchange);
		Mapped mapped = Mapped.of(exchange.operation().integration(), exchange);
		Headers headers = new Headers().add("Accept", "application/json")
			.add("User-Agent", "AmazonAPIGateway_local")
			.add("X-Amzn-Trace-Id", exchange.traceId())
			.add("X-Amzn-Apigateway-Api-Id", "local");
		if (body.length > 0) {
			headers.add("Content-Type", contentType(exchange));
		}
		mapped.headers().forEach(headers::set);
		Map<String, List<String>> query = new LinkedHashMap<>();
		mapped.query().forEach((name, value) -> query.put(name, List.of(value)));
		exchange.overrides().forEach((name, value) -> {
			if (name.startsWith("requestOverride.header.")) {
				headers.set(name.substring("requestOverride.header.".length()), value);
			}
			else if (name.startsWith("requestOverride.querystring.")) {
				query.put(name.substring("requestOverride.querystring.".length()), List.of(value));
			}
		});
		return this.responses.answer(exchange, this.proxy.send(exchange, mapped, headers, query, body), false);
	}

	private static String contentType(Exchange exchange) {
		String type = exchange.headers().get("Content-Type");
		return (type != null) ? type : "application/json";
	}

	/**
	 * The body that goes to the integration: made by the template of the request's media
	 * type, or passed through.
	 */
	private byte[] body(Exchange exchange) {
		Integration integration = exchange.operation().integration();
		String type = contentType(exchange).toLowerCase(Locale.ROOT);
		int semicolon = type.indexOf(';');
		type = ((semicolon < 0) ? type : type.substring(0, semicolon)).trim();
		String template = template(integration.templates(), type);
		if (template != null) {
			return this.templates.render(template, exchange, exchange.body()).getBytes(StandardCharsets.UTF_8);
		}
		boolean refused = integration.passthrough() == Passthrough.NEVER
				|| (integration.passthrough() == Passthrough.WHEN_NO_TEMPLATES && !integration.templates().isEmpty());
		if (refused) {
			throw new GatewayException(ResponseType.UNSUPPORTED_MEDIA_TYPE, "Unsupported Media Type");
		}
		return exchange.body();
	}

	private static @Nullable String template(Map<String, String> templates, String type) {
		String template = templates.get(type);
		return (template != null) ? template : templates.get("$default");
	}

}
