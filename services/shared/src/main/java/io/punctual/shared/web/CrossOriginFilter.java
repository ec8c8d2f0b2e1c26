package io.punctual.shared.web;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a browser's page of one origin read the answers. The gateway answers the
 * preflight, but cannot add a header to a proxied answer. The origin is the same in every
 * answer, whoever asks: an answer that the gateway has cached is read by the next
 * caller's browser.
 */
class CrossOriginFilter extends OncePerRequestFilter {

	/** What a page may read besides the few that any page may. */
	private static final String EXPOSED = "ETag, Idempotency-Replayed, Link, Location, Retry-After, X-Correlation-Id";

	private final String origin;

	CrossOriginFilter(String origin) {
		this.origin = origin;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		response.setHeader("Access-Control-Allow-Origin", this.origin);
		response.setHeader("Access-Control-Expose-Headers", EXPOSED);
		chain.doFilter(request, response);
	}

}
