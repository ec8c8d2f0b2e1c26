package io.punctual.infrastructure.gateway;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.settings.Repository;
import io.punctual.local.edge.document.Source;
import io.punctual.local.edge.imported.ImportLint;
import io.punctual.local.edge.imported.ImportedDocument;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API's document in the form that is imported, with the account's link, load balancer
 * and user pool in their places.
 */
final class ApiDocument {

	/**
	 * What Route 53 asks: whether API Gateway answers. Not a part of the public API.
	 */
	static final String HEALTH_PATH = "/health";

	private final Map<String, Object> authored;

	ApiDocument() {
		Map<String, Object> derived = ImportedDocument.of(Source.of(Repository.file("gateway-config/openapi.yaml")));
		List<String> found = ImportLint.check(derived);
		if (!found.isEmpty()) {
			throw new IllegalStateException("The document cannot be imported:\n  " + String.join("\n  ", found));
		}
		this.authored = derived;
	}

	/**
	 * The headers that a browser's page may send.
	 */
	static String allowedHeaders() {
		return Source.of(Repository.file("gateway-config/openapi.yaml"))
			.root()
			.need("x-cors")
			.need("allowHeaders")
			.text();
	}

	/**
	 * The document with values in the place of stage variables that an import or an
	 * authorizer cannot have as such.
	 * @param values by the stage variables' names
	 */
	@SuppressWarnings("unchecked")
	Map<String, Object> with(Map<String, String> values) {
		Map<String, Object> document = (Map<String, Object>) filled(this.authored, values);
		((Map<String, Object>) Objects.requireNonNull(document.get("paths"))).put(HEALTH_PATH,
				filled(health(), values));
		return document;
	}

	/**
	 * Changes whenever the document does, so that a deployment is made of it.
	 */
	String digest() {
		try {
			byte[] json = JsonMapper.builder()
				.build()
				.writeValueAsBytes(List.of(filled(this.authored, Map.of()), filled(health(), Map.of())));
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json)).substring(0, 12);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A mock: whether a service is up is no reason to turn away the callers of the
	 * others, and of a service that is down API Gateway itself says so.
	 */
	private static Map<String, Object> health() {
		Map<String, Object> integration = new LinkedHashMap<>();
		integration.put("type", "MOCK");
		integration.put("passthroughBehavior", "NEVER");
		integration.put("requestTemplates", Ordered.map("application/json", "{\"statusCode\": 200}"));
		integration.put("responses", Ordered.map("default", Ordered.map("statusCode", "200")));
		Map<String, Object> operation = new LinkedHashMap<>();
		operation.put("operationId", "health");
		operation.put("security", List.of());
		operation.put("responses", Ordered.map("200", Ordered.map("description", "Up")));
		operation.put("x-amazon-apigateway-integration", integration);
		return Ordered.map("get", operation);
	}

	private static Object filled(Object value, Map<String, String> values) {
		return switch (value) {
			case Map<?, ?> map -> {
				// The same at each synthesis, whatever the order it was derived in.
				Map<String, Object> filled = new TreeMap<>();
				map.forEach((name, item) -> filled.put(String.valueOf(name), filled(item, values)));
				yield filled;
			}
			case List<?> list -> list.stream().map((item) -> filled(item, values)).toList();
			case String text -> {
				String filled = text;
				for (Map.Entry<String, String> entry : values.entrySet()) {
					filled = filled.replace("${stageVariables." + entry.getKey() + "}", entry.getValue());
				}
				yield filled;
			}
			default -> value;
		};
	}

}
