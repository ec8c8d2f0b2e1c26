package io.punctual.notices.advisory;

import java.time.Instant;
import java.util.List;

/**
 * What a CSAF document tells about itself.
 *
 * @param noticeId the notice, by which the document is known
 * @param title its title
 * @param text what was said last
 * @param severity how severe the provider takes it
 * @param status {@code draft}, {@code interim} or {@code final}
 * @param history its revisions, the oldest first; never empty
 */
public record Revisions(String noticeId, String title, String text, String severity, String status,
		List<Revision> history) {

	Revision last() {
		return this.history.getLast();
	}

	/**
	 * One revision.
	 *
	 * @param number the update's number; 0 for a draft
	 * @param date when it was said
	 * @param summary what changed, in a line
	 */
	public record Revision(int number, Instant date, String summary) {
	}

}
