package io.punctual.local.edge.document;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.punctual.local.edge.document.Integration.Passthrough;
import io.punctual.local.edge.document.Integration.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code x-amazon-apigateway-integration} and refuses what the edge does not carry
 * out.
 */
final class IntegrationReader {

	private static final Set<String> KNOWN = Set.of("type", "httpMethod", "uri", "connectionType", "connectionId",
			"integrationTarget", "requestParameters", "requestTemplates", "responses", "passthroughBehavior",
			"timeoutInMillis", "cacheKeyParameters", "cacheNamespace", "responseTransferMode");

	private static final Duration LONGEST = Duration.ofSeconds(29);

	private static final Duration LONGEST_STREAM = Duration.ofMinutes(15);

	private static final Pattern PATH_PARAMETER = Pattern.compile("(?<!\\$)\\{([^}]+)}");

	private IntegrationReader() {
	}

	static Integration read(Part part) {
		part.entries().forEach((name, value) -> {
			if (!KNOWN.contains(name)) {
				throw value.fault("the edge does not support '" + name + "' in an integration");
			}
		});
		Type type = choice(Type.class, part.need("type"));
		boolean mock = type == Type.MOCK;
		String uri = mock ? null : part.need("uri").text();
		String method = mock ? null : part.need("httpMethod").text().toUpperCase(Locale.ROOT);
		if (uri != null && !uri.matches("https?://.*")) {
			throw part.need("uri")
				.fault("a uri begins with http:// or https://, a stage variable cannot be the scheme");
		}
		if (uri != null) {
			Matcher parameter = PATH_PARAMETER.matcher(uri);
			while (parameter.find()) {
				if (!part.texts("requestParameters").containsKey("integration.request.path." + parameter.group(1))) {
					throw part.need("uri").fault("{" + parameter.group(1) + "} in the uri is not mapped");
				}
			}
		}
		boolean streaming = "STREAM".equals(part.text("responseTransferMode"));
		if (streaming && type != Type.HTTP_PROXY) {
			throw part.need("responseTransferMode").fault("only HTTP_PROXY streams");
		}
		Part passthrough = part.get("passthroughBehavior");
		return new Integration(type, method, uri, part.texts("requestParameters"), part.texts("requestTemplates"),
				(passthrough != null) ? choice(Passthrough.class, passthrough) : Passthrough.WHEN_NO_MATCH,
				timeout(part.get("timeoutInMillis"), streaming ? LONGEST_STREAM : LONGEST), cacheKeys(part),
				part.text("cacheNamespace"), streaming, responses(part));
	}

	private static Duration timeout(@Nullable Part part, Duration longest) {
		if (part == null) {
			return LONGEST;
		}
		Duration timeout = Duration.ofMillis(Long.parseLong(part.text()));
		if (timeout.toMillis() < 50 || timeout.compareTo(longest) > 0) {
			throw part.fault("a timeout is 50 to " + longest.toMillis() + " ms");
		}
		return timeout;
	}

	private static List<String> cacheKeys(Part part) {
		List<String> keys = new ArrayList<>();
		for (Part key : part.items("cacheKeyParameters")) {
			keys.add(key.text());
		}
		return keys;
	}

	private static List<Integration.Response> responses(Part part) {
		List<Integration.Response> responses = new ArrayList<>();
		Part map = part.get("responses");
		if (map != null) {
			for (Map.Entry<String, Part> entry : map.entries().entrySet()) {
				Part value = entry.getValue();
				if (value.get("contentHandling") != null) {
					throw value.need("contentHandling").fault("the edge does not support 'contentHandling'");
				}
				responses
					.add(new Integration.Response(entry.getKey(), Integer.parseInt(value.need("statusCode").text()),
							value.texts("responseParameters"), value.texts("responseTemplates")));
			}
		}
		return responses;
	}

	private static <E extends Enum<E>> E choice(Class<E> type, Part part) {
		try {
			return Enum.valueOf(type, part.text().toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw part.fault("the edge does not support '" + part.text() + "' here");
		}
	}

}
