package io.punctual.local.identity;

import java.io.IOException;
import java.net.InetAddress;
import java.security.MessageDigest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets only the administrator pass: a caller on the loopback interface with the
 * configured bearer token; from elsewhere too where that is allowed, as between
 * containers.
 */
class AdminTokenFilter extends OncePerRequestFilter {

	private static final String PREFIX = "Bearer ";

	private final @Nullable String token;

	private final boolean remote;

	AdminTokenFilter(@Nullable String token, boolean remote) {
		this.token = token;
		this.remote = remote;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!this.remote && !InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()) {
			response.sendError(HttpServletResponse.SC_NOT_FOUND);
		}
		else if (!isToken(request.getHeader(HttpHeaders.AUTHORIZATION))) {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
			response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private boolean isToken(@Nullable String header) {
		return this.token != null && !this.token.isBlank() && header != null && header.startsWith(PREFIX)
				&& MessageDigest.isEqual(SecretEncoder.digest(header.substring(PREFIX.length())),
						SecretEncoder.digest(this.token));
	}

}
