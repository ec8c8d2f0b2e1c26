package io.punctual.local.edge.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.punctual.local.edge.document.GatewayApi;
import io.punctual.local.edge.document.GatewayResponse;
import org.jspecify.annotations.Nullable;

/**
 * Makes the gateway's own answers of the document's gateway responses.
 */
public final class GatewayAnswers {

	private final GatewayApi api;

	public GatewayAnswers(GatewayApi api) {
		this.api = api;
	}

	public Answer answer(GatewayException error, Exchange exchange) {
		GatewayResponse form = this.api.response(error.type());
		int status = (form.status() != null) ? form.status() : error.status();
		exchange.failed(error);
		exchange.answered(status, 0);
		Map.Entry<String, String> template = template(form, exchange.headers().get("Accept"));
		Headers headers = new Headers().add("Content-Type", template.getKey())
			.add("x-amzn-ErrorType", error.type().errorType());
		form.headers().forEach((name, expression) -> {
			String value = Expressions.evaluate(expression, exchange);
			if (value != null) {
				headers.set(name, value);
			}
		});
		String body = Substitution.apply(template.getValue(), exchange, (name) -> "");
		return Answer.of(status, headers, body.getBytes(StandardCharsets.UTF_8));
	}

	private static Map.Entry<String, String> template(GatewayResponse form, @Nullable String accept) {
		Map<String, String> templates = form.templates();
		if (accept != null) {
			for (Map.Entry<String, String> entry : templates.entrySet()) {
				if (accept.contains(entry.getKey())) {
					return entry;
				}
			}
		}
		return templates.entrySet().iterator().next();
	}

}
