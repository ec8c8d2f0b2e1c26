package io.punctual.local.edge.document;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What an operation does with its requests: {@code x-amazon-apigateway-integration}.
 *
 * @param method the method sent on; null for a mock
 * @param uri the address, with stage variables and path parameters; null for a mock
 * @param parameters what is sent on (such as {@code integration.request.path.id}), and
 * where it comes from
 * @param templates request templates by media type
 * @param cacheNamespace operations of the same namespace share their entries
 * @param streaming whether the answer is sent on as it comes
 */
public record Integration(Type type, @Nullable String method, @Nullable String uri, Map<String, String> parameters,
		Map<String, String> templates, Passthrough passthrough, Duration timeout, List<String> cacheKeyParameters,
		@Nullable String cacheNamespace, boolean streaming, List<Response> responses) {

	/**
	 * The types that the edge carries out.
	 */
	public enum Type {

		HTTP_PROXY, HTTP, MOCK

	}

	/**
	 * What becomes of a body whose media type has no template.
	 */
	public enum Passthrough {

		WHEN_NO_MATCH, WHEN_NO_TEMPLATES, NEVER

	}

	/**
	 * One way to turn the backend's answer into the client's.
	 *
	 * @param pattern the regular expression the backend's status must match, or
	 * {@code default}
	 */
	public record Response(String pattern, int status, Map<String, String> parameters, Map<String, String> templates) {
	}

}
