package io.punctual.shared.security;

import java.io.IOException;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import io.punctual.shared.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Answers requests without a valid token (401), or without the scope (403), with problem
 * documents and the challenge of RFC 6750.
 */
class ProblemEntryPoint implements AuthenticationEntryPoint, AccessDeniedHandler {

	private final ProblemWriter problems;

	ProblemEntryPoint(ProblemWriter problems) {
		this.problems = problems;
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException ex)
			throws IOException {
		boolean sent = ex instanceof OAuth2AuthenticationException;
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE, (sent) ? "Bearer error=\"invalid_token\"" : "Bearer");
		this.problems.write(
				ProblemException.of(ProblemType.UNAUTHENTICATED,
						(sent) ? "The token is not valid here." : "Send an access token as Bearer."),
				request, response);
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException ex)
			throws IOException {
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\"");
		this.problems.write(ProblemException.of(ProblemType.FORBIDDEN, "The token lacks the scope."), request,
				response);
	}

}
