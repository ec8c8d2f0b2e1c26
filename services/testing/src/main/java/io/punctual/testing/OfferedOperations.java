package io.punctual.testing;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.punctual.shared.security.RequiresScope;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * The operations that a service's handlers offer under {@code /v1}, each with its scopes.
 */
final class OfferedOperations {

	private final Map<String, Set<String>> scopesBySignature = new TreeMap<>();

	private OfferedOperations() {
	}

	static OfferedOperations of(RequestMappingHandlerMapping handlers) {
		OfferedOperations offered = new OfferedOperations();
		handlers.getHandlerMethods()
			.forEach((mapping, handler) -> mapping.getPatternValues()
				.stream()
				.filter((path) -> path.startsWith("/v1/"))
				.forEach((path) -> mapping.getMethodsCondition()
					.getMethods()
					.forEach((method) -> offered.scopesBySignature.put(Operation.signature(method.name(), path),
							scopes(handler)))));
		return offered;
	}

	Set<String> differences(ApiDocument document, String tag) {
		Set<String> differences = new TreeSet<>();
		Set<String> documented = new TreeSet<>();
		for (Operation operation : document.operations()) {
			if (!operation.hasTag(tag)) {
				continue;
			}
			documented.add(operation.signature());
			Set<String> scopes = this.scopesBySignature.get(operation.signature());
			if (scopes == null) {
				differences.add(operation + " is documented and has no handler");
			}
			else if (!scopes.equals(operation.scopes())) {
				differences
					.add(operation + " is documented for " + operation.scopes() + ", its handler takes " + scopes);
			}
		}
		this.scopesBySignature.keySet()
			.stream()
			.filter((signature) -> !documented.contains(signature))
			.forEach((signature) -> differences.add(signature + " has a handler and is not documented"));
		return differences;
	}

	private static Set<String> scopes(HandlerMethod handler) {
		RequiresScope required = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequiresScope.class);
		return (required != null) ? new TreeSet<>(Set.of(required.value())) : Set.of();
	}

}
