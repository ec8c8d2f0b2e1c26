package io.punctual.shared.contract;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * {@code clocks.met}: promises that were kept, in groups; each is said once. It is
 * ignorable: the promise's end is news to whoever counts it, and nobody has to act.
 *
 * @param items what became of each, at most {@link #MOST}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClocksMet(List<ClockJudged> items) {

	public static final String TYPE = "clocks.met";

	/** So many are said in one event. */
	public static final int MOST = 500;

}
