package io.punctual.local.edge.template;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.PathNotFoundException;
import io.punctual.local.edge.document.ResponseType;
import io.punctual.local.edge.gateway.Exchange;
import io.punctual.local.edge.gateway.GatewayException;
import io.punctual.local.edge.gateway.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code $input} of a template.
 */
public final class Input {

	private static final JsonMapper JSON = new JsonMapper();

	private final Exchange exchange;

	private final byte[] bytes;

	Input(Exchange exchange, byte[] bytes) {
		this.exchange = exchange;
		this.bytes = bytes;
	}

	/**
	 * The body as it came; an empty one is an empty object.
	 */
	public String getBody() {
		return (this.bytes.length == 0) ? "{}" : new String(this.bytes, StandardCharsets.UTF_8);
	}

	/**
	 * What a JSONPath finds, as JSON text; nothing where it finds nothing.
	 */
	public String json(String path) {
		try {
			return JSON.writeValueAsString(find(path));
		}
		catch (PathNotFoundException ex) {
			return "";
		}
	}

	/**
	 * What a JSONPath finds; null where it finds nothing.
	 */
	public @Nullable Object path(String path) {
		try {
			return find(path);
		}
		catch (PathNotFoundException ex) {
			return null;
		}
	}

	private @Nullable Object find(String path) {
		try {
			return JsonPath.parse(JSON.readValue(getBody(), Object.class)).read(path.isEmpty() ? "$" : path);
		}
		catch (PathNotFoundException ex) {
			throw ex;
		}
		catch (JacksonException | JsonPathException ex) {
			throw new GatewayException(ResponseType.DEFAULT_5XX, "Internal server error");
		}
	}

	/**
	 * All parameters under {@code path}, {@code querystring} and {@code header}.
	 */
	public Map<String, Map<String, String>> params() {
		Map<String, String> query = new LinkedHashMap<>();
		this.exchange.query().forEach((name, values) -> query.put(name, values.getLast()));
		Map<String, String> headers = new LinkedHashMap<>();
		for (Headers.Field field : this.exchange.headers().fields()) {
			headers.put(field.name(), field.value());
		}
		return Map.of("path", this.exchange.pathParameters(), "querystring", query, "header", headers);
	}

	/**
	 * One parameter: of the path, else the query, else the headers.
	 */
	public String params(String name) {
		for (String place : List.of("path", "querystring", "header")) {
			Map<String, String> parameters = params().get(place);
			String value = (parameters != null) ? parameters.get(name) : null;
			if (value != null) {
				return value;
			}
		}
		return "";
	}

}
