package io.punctual.shared.web;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds the size of every body.
 */
class BodyLimitFilter extends OncePerRequestFilter {

	private final int limitBytes;

	BodyLimitFilter(int limitBytes) {
		this.limitBytes = limitBytes;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		chain.doFilter(new BufferedBodyRequest(request, this.limitBytes), response);
	}

}
