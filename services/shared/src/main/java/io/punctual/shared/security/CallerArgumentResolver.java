package io.punctual.shared.security;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives handlers the {@link Caller}.
 */
class CallerArgumentResolver implements HandlerMethodArgumentResolver {

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == Caller.class;
	}

	@Override
	public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
			NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
		Object caller = request.getAttribute(CallerInterceptor.ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
		if (caller == null) {
			throw ProblemException.of(ProblemType.UNAUTHENTICATED, "Send an access token as Bearer.");
		}
		return caller;
	}

}
