package io.punctual.shared.observability;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes the request's correlation id from the edge, from API Gateway's trace header, or
 * makes one; puts it into the logging context and into the answer.
 */
class CorrelationFilter extends OncePerRequestFilter {

	/**
	 * API Gateway and load balancers send
	 * {@code Root=1-67891233-abcdef012345678912345678;…}.
	 */
	static final String TRACE_HEADER = "X-Amzn-Trace-Id";

	private static final Logger log = LoggerFactory.getLogger(CorrelationFilter.class);

	private static final Pattern ROOT = Pattern.compile("(?:^|;)\\s*Root=([^;]+)");

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String id = idOf(request);
		long startNanos = System.nanoTime();
		try (Correlation.Scope _ = Correlation.open(id)) {
			response.setHeader(Correlation.HEADER, id);
			chain.doFilter(request, response);
			if (log.isDebugEnabled()) {
				log.debug("{} {} {} {} µs", request.getMethod(), request.getRequestURI(), response.getStatus(),
						(System.nanoTime() - startNanos) / 1000);
			}
		}
	}

	private static String idOf(HttpServletRequest request) {
		String given = request.getHeader(Correlation.HEADER);
		if (given != null && Correlation.isAcceptable(given)) {
			return given;
		}
		String root = root(request.getHeader(TRACE_HEADER));
		return (root != null && Correlation.isAcceptable(root)) ? root : Correlation.next();
	}

	private static @Nullable String root(@Nullable String trace) {
		if (trace == null) {
			return null;
		}
		Matcher matcher = ROOT.matcher(trace);
		return (matcher.find()) ? matcher.group(1) : null;
	}

}
