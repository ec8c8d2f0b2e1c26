package io.punctual.shared.events;

import java.time.Instant;
import java.util.Set;

/**
 * Reads the log of one other service and applies it by the subscribers. It runs by
 * itself; its methods serve those who must know how far it is.
 */
public interface EventReader {

	/**
	 * Return the service whose log it reads.
	 * @return the source, such as {@code clients}
	 */
	String source();

	/**
	 * Read and apply now what the log has, without waiting for more, and move
	 * {@link #asOf()} even when it has nothing new. When the source is down nothing is
	 * thrown: {@code asOf} stands still. Calls at the same time share one reading, begun
	 * after the last of them came. Not to be called inside a transaction.
	 */
	void pull();

	/**
	 * Return the instant up to which the source's log has been read completely: every
	 * event whose time is at or before it has been applied (or parked, see
	 * {@link #parkedSubjects()}).
	 * @return the instant, by the source's database; {@link Instant#EPOCH} before the
	 * first reading
	 */
	Instant asOf();

	/**
	 * Return the position of the last event applied. Read from the database: in a
	 * transaction, as it sees it.
	 * @return the position, 0 before the first
	 */
	long position();

	/**
	 * Keep the reader (of every instance) from applying anything until the present
	 * transaction ends, and return the position: what this service knows of the source is
	 * then exactly the source's log up to it. Readers wait, other holders do not.
	 * @return the position
	 * @throws IllegalStateException if no transaction is active
	 */
	long holdPosition();

	/**
	 * Return the subjects of events that could not be applied: what this service knows of
	 * them is behind {@link #asOf()}.
	 * @return the subjects, empty if all is well
	 */
	Set<String> parkedSubjects();

}
