package io.punctual.shared.security;

import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Finds the caller of a request where no handler's argument does.
 */
public final class Callers {

	private Callers() {
	}

	/**
	 * Who sent the request.
	 * @param request a request that has passed the security filters
	 * @return empty if it needed no token
	 */
	public static Optional<Caller> of(HttpServletRequest request) {
		return Optional.ofNullable((Caller) request.getAttribute(CallerInterceptor.ATTRIBUTE));
	}

}
