package io.punctual.shared.observability;

import java.util.regex.Pattern;

import io.punctual.shared.id.Ids;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The correlation id of what this thread is doing: it follows a request from the edge
 * through the event log to the webhook's attempt.
 */
public final class Correlation {

	/** The header that carries it. */
	public static final String HEADER = "X-Correlation-Id";

	/** Its key in the logging context. */
	public static final String MDC_KEY = "correlationId";

	private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._:/=+-]{1,100}");

	private Correlation() {
	}

	/**
	 * The present id, or a new one if there is none.
	 * @return 1 to 100 characters of ASCII
	 */
	public static String currentOrNew() {
		String present = MDC.get(MDC_KEY);
		return (present != null) ? present : next();
	}

	public static String next() {
		return Ids.next("cor");
	}

	/**
	 * Sets the present id until the scope is closed, then restores the former.
	 * @param id the id; null for a new one
	 * @return to be closed in a try-with-resources
	 */
	public static Scope open(@Nullable String id) {
		String former = MDC.get(MDC_KEY);
		MDC.put(MDC_KEY, (id != null) ? id : next());
		return () -> {
			if (former != null) {
				MDC.put(MDC_KEY, former);
			}
			else {
				MDC.remove(MDC_KEY);
			}
		};
	}

	/**
	 * Whether a caller's text may be taken as a correlation id and written to a log.
	 * @param id the text
	 * @return false for null, and for anything but 1 to 100 harmless characters
	 */
	public static boolean isAcceptable(@Nullable String id) {
		return id != null && ALLOWED.matcher(id).matches();
	}

	/**
	 * Ends what {@link #open} began.
	 */
	@FunctionalInterface
	public interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
