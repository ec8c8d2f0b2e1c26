package io.punctual.shared.problem;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers for the filters behind it: what they throw becomes a problem document.
 */
class ProblemFilter extends OncePerRequestFilter {

	private static final Logger log = LoggerFactory.getLogger(ProblemFilter.class);

	private final ProblemWriter problems;

	ProblemFilter(ProblemWriter problems) {
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			chain.doFilter(request, response);
		}
		catch (ProblemException ex) {
			this.problems.write(ex, request, response);
		}
		catch (AuthenticationServiceException ex) {
			// The issuer's keys cannot be had: that says nothing about the token.
			log.warn("No token can be checked: {}", ex.getMessage());
			response.setHeader("Retry-After", "1");
			this.problems.write(
					ProblemException.of(ProblemType.UNAVAILABLE, "Tokens cannot be checked just now. Try again."),
					request, response);
		}
		catch (RuntimeException ex) {
			ProblemException database = DatabaseProblems.of(ex, null);
			if (database == null) {
				log.error("{} {} has failed", request.getMethod(), request.getRequestURI(), ex);
				database = ProblemHandler.ofStatus(org.springframework.http.HttpStatus.INTERNAL_SERVER_ERROR);
			}
			this.problems.write(database, request, response);
		}
	}

}
