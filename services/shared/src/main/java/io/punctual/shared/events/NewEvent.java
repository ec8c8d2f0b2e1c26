package io.punctual.shared.events;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An event to be appended.
 *
 * @param type the event's type, such as {@code update.published}
 * @param subject the id of what it is about; events of one subject are parked together
 * when one cannot be applied
 * @param time when it happened, by the database's clock: the <em>earliest</em> instant
 * that its data states as news. At its append it may be at most 500 ms old, else
 * {@link StaleInstantException} ends the transaction, which
 * {@link io.punctual.shared.transaction.Transactions} then retries
 * @param data what happened, written as JSON
 * @param isIgnorable whether a reader that does not know the type may pass over it
 * @param isRestampable whether a time that is too old is replaced by the append's
 * @param correlationId the request that caused it; that of the MDC if null
 */
public record NewEvent(String type, String subject, Instant time, Object data, boolean isIgnorable,
		boolean isRestampable, @Nullable String correlationId) {

	public NewEvent(String type, String subject, Instant time, Object data) {
		this(type, subject, time, data, false, false, null);
	}

	/**
	 * Return this event such that readers who do not know its type pass over it.
	 * @return the ignorable event
	 */
	public NewEvent ignorable() {
		return new NewEvent(this.type, this.subject, this.time, this.data, true, this.isRestampable,
				this.correlationId);
	}

	/**
	 * Return this event such that it is stamped anew when it is too old at its append:
	 * for events whose data states no instant by which a promise is judged.
	 * @return the event that may be stamped anew
	 */
	public NewEvent restampable() {
		return new NewEvent(this.type, this.subject, this.time, this.data, this.isIgnorable, true, this.correlationId);
	}

	/**
	 * Return this event as caused by another request than the one in the MDC.
	 * @param correlationId the id of the request
	 * @return the event with that correlation id
	 */
	public NewEvent correlatedBy(String correlationId) {
		return new NewEvent(this.type, this.subject, this.time, this.data, this.isIgnorable, this.isRestampable,
				correlationId);
	}

}
