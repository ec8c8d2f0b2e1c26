package io.punctual.shared.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.shared.observability.Correlation;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Builds the body of a problem answer (RFC 9457), in the order in which a person reads
 * it.
 */
final class ProblemDocument {

	private ProblemDocument() {
	}

	static Map<String, Object> of(ProblemException problem, HttpServletRequest request) {
		ProblemType type = problem.type();
		Map<String, Object> document = new LinkedHashMap<>();
		document.put("type", type.uri().toString());
		document.put("title", type.title());
		document.put("status", type.status().value());
		document.put("detail", problem.detail());
		document.put("instance", path(request));
		document.put("requestId", Correlation.currentOrNew());
		List<FieldError> errors = problem.errors();
		if (!errors.isEmpty()) {
			document.put("errors", errors);
		}
		problem.members().forEach(document::putIfAbsent);
		return document;
	}

	private static String path(HttpServletRequest request) {
		// While an error is dispatched, the request's own path is /error.
		Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
		return (failed instanceof String uri) ? uri : request.getRequestURI();
	}

}
