package io.punctual.shared.web;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes away a configured prefix of the path, such as the stage's name, should something
 * in front of the service leave it there.
 */
class PathPrefixFilter extends OncePerRequestFilter {

	private final String prefix;

	PathPrefixFilter(String prefix) {
		this.prefix = prefix;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		boolean prefixed = request.getRequestURI().startsWith(this.prefix + "/");
		chain.doFilter((prefixed) ? new Stripped(request, this.prefix) : request, response);
	}

	/**
	 * A request without the prefix.
	 */
	private static final class Stripped extends HttpServletRequestWrapper {

		private final String prefix;

		private Stripped(HttpServletRequest request, String prefix) {
			super(request);
			this.prefix = prefix;
		}

		@Override
		public String getRequestURI() {
			return super.getRequestURI().substring(this.prefix.length());
		}

		@Override
		public String getServletPath() {
			String path = super.getServletPath();
			return (path.startsWith(this.prefix)) ? path.substring(this.prefix.length()) : path;
		}

	}

}
