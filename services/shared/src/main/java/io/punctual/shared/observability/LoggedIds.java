package io.punctual.shared.observability;

import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Puts the ids that a request's path names into each line that is logged meanwhile.
 */
class LoggedIds implements HandlerInterceptor {

	private static final Set<String> NAMES = Set.of("clientId", "noticeId", "endpointId", "deliveryId", "obligationId",
			"clockId", "credentialId", "agreementId");

	private static final int LONGEST = 30;

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables) {
			variables.forEach((name, value) -> {
				if (name instanceof String key && NAMES.contains(key) && value instanceof String id
						&& id.length() <= LONGEST && Correlation.isAcceptable(id)) {
					MDC.put(key, id);
				}
			});
		}
		return true;
	}

	@Override
	public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable Exception ex) {
		NAMES.forEach(MDC::remove);
	}

}
