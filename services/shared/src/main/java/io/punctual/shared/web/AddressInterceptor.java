package io.punctual.shared.web;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.punctual.shared.problem.ProblemException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Reads the address of a request as strictly as bodies are read. Identifiers are ASCII,
 * so what is not is nobody's (404), and the database need not be asked. Where a read has
 * parameters, one that it does not know, that has no value or comes twice is refused
 * (422): passed over, a filter that is misspelt, or made of a variable that is not set,
 * would select everything.
 */
class AddressInterceptor implements HandlerInterceptor {

	private final ParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (handler instanceof HandlerMethod method && request.getDispatcherType() == DispatcherType.REQUEST
				&& request.getRequestURI().startsWith("/v1/")) {
			checkPath(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE));
			if (request.getMethod().equals("GET")) {
				try {
					checkParameters(request, method);
				}
				catch (RequestRejectedException ex) {
					throw ProblemException.invalid("parameter", "has characters that the name of none has");
				}
			}
		}
		return true;
	}

	private static void checkPath(@Nullable Object variables) {
		if (variables instanceof Map<?, ?> map) {
			map.forEach((name, value) -> {
				if (value instanceof String id && !StandardCharsets.US_ASCII.newEncoder().canEncode(id)) {
					throw ProblemException.notFound(id);
				}
			});
		}
	}

	private void checkParameters(HttpServletRequest request, HandlerMethod method) {
		Enumeration<String> given = request.getParameterNames();
		if (!given.hasMoreElements()) {
			return;
		}
		Set<String> known = Arrays.stream(method.getMethodParameters())
			.map(this::name)
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
		while (!known.isEmpty() && given.hasMoreElements()) {
			String name = given.nextElement();
			if (!known.contains(name)) {
				throw ProblemException.invalid(name, "is not a known parameter");
			}
			String[] values = request.getParameterValues(name);
			if (values.length > 1) {
				throw ProblemException.invalid(name, "must be there once");
			}
			if (!StringUtils.hasText(values[0])) {
				throw ProblemException.invalid(name, "must have a value, or be left out");
			}
		}
	}

	private @Nullable String name(MethodParameter parameter) {
		RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
		if (annotation == null) {
			return null;
		}
		parameter.initParameterNameDiscovery(this.names);
		return StringUtils.hasText(annotation.name()) ? annotation.name() : parameter.getParameterName();
	}

}
