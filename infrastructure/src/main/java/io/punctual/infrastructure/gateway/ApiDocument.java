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
	 * What Route 53 asks: whether publishing works, through the whole path. Not a part of
	 * the public API.
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

	private static Map<String, Object> health() {
		Map<String, Object> integration = new LinkedHashMap<>();
		integration.put("type", "HTTP_PROXY");
		integration.put("httpMethod", "GET");
		integration.put("connectionType", "VPC_LINK");
		integration.put("connectionId", "${stageVariables.link}");
		integration.put("integrationTarget", "${stageVariables.loadBalancer}");
		integration.put("uri", "https://notices.${stageVariables.zone}:8442/actuator/health/readiness");
		integration.put("timeoutInMillis", 3000);
		return Ordered.map("get", Ordered.map("operationId", "health", "responses",
				Ordered.map("200", Ordered.map("description", "Up")), "x-amazon-apigateway-integration", integration));
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
