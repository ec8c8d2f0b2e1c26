package io.punctual.local.edge.gateway;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each request in the stage's access log format, to the logger
 * {@code access}.
 */
public final class AccessLog {

	private static final Logger LOG = LoggerFactory.getLogger("access");

	private final @Nullable String format;

	public AccessLog(@Nullable String format) {
		this.format = format;
	}

	void write(Exchange exchange) {
		if (this.format != null && LOG.isInfoEnabled()) {
			LOG.info(line(this.format, exchange));
		}
	}

	/**
	 * The line; a variable without a value is a hyphen, as on AWS.
	 */
	static String line(String format, Exchange exchange) {
		return Substitution.apply(format, exchange, (name) -> "-");
	}

}
