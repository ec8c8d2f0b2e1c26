package io.punctual.local.edge.validation;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.networknt.schema.Schema;
import io.punctual.local.edge.document.Operation;
import io.punctual.local.edge.document.ResponseType;
import io.punctual.local.edge.gateway.Exchange;
import io.punctual.local.edge.gateway.GatewayException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Validates parameters (present and not blank, nothing more), then the body where a model
 * exists for its media type.
 */
public final class RequestValidation {

	private static final byte[] EMPTY_OBJECT = { '{', '}' };

	private final JsonMapper json = new JsonMapper();

	public void check(Exchange exchange) {
		Operation operation = exchange.operation();
		List<String> missing = operation.required()
			.stream()
			.filter((parameter) -> isBlank(value(parameter, exchange)))
			.map(Operation.Parameter::name)
			.toList();
		if (!missing.isEmpty()) {
			throw new GatewayException(ResponseType.BAD_REQUEST_PARAMETERS,
					"Missing required request parameters: [" + String.join(", ", missing) + "]");
		}
		Schema model = model(operation.models(), exchange.headers().get("Content-Type"));
		if (model != null && !matches(model, exchange.body())) {
			throw new GatewayException(ResponseType.BAD_REQUEST_BODY, "Invalid request body");
		}
	}

	private static boolean isBlank(@Nullable String value) {
		return value == null || value.isBlank();
	}

	private static @Nullable String value(Operation.Parameter parameter, Exchange exchange) {
		return switch (parameter.in()) {
			case "header" -> exchange.headers().exactly(parameter.name());
			case "path" -> exchange.pathParameters().get(parameter.name());
			default -> {
				List<String> values = exchange.query().get(parameter.name());
				yield (values != null) ? values.getLast() : null;
			}
		};
	}

	private static @Nullable Schema model(Map<String, Schema> models, @Nullable String contentType) {
		if (models.isEmpty()) {
			return null;
		}
		String type = (contentType != null) ? contentType : "application/json";
		int semicolon = type.indexOf(';');
		type = ((semicolon < 0) ? type : type.substring(0, semicolon)).trim().toLowerCase(Locale.ROOT);
		Schema model = models.get(type);
		return (model != null) ? model : models.get("$default");
	}

	private boolean matches(Schema model, byte[] body) {
		try {
			return model.validate(this.json.readTree((body.length > 0) ? body : EMPTY_OBJECT)).isEmpty();
		}
		catch (JacksonException ex) {
			return false;
		}
	}

}
