package io.punctual.shared.events;

import java.util.List;

/**
 * Mends what was parked: events that could not be applied, and later ones of their
 * subjects.
 */
public interface ParkedEvents {

	/**
	 * Apply what is parked of a subject, in order, and let its later events through
	 * again; all or nothing, so a failure leaves everything parked.
	 * @param source the service whose events they are
	 * @param subject the subject, one of {@link EventReader#parkedSubjects()}
	 * @return how many events were applied
	 */
	int replay(String source, String subject);

	/**
	 * Park events that a subscriber took over to apply them later, and then could not, in
	 * the caller's transaction; the reader waits until it ends, and parks later ones of
	 * their subjects.
	 * @param events what could not be applied, all of one source
	 * @param reason why, for the person who mends it
	 */
	void park(List<Event> events, String reason);

	/**
	 * Give up what is parked of a subject, and let its later events through again.
	 * @param source the service whose events they are
	 * @param subject the subject
	 * @return how many events were given up
	 */
	int discard(String source, String subject);

}
