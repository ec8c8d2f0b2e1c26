package io.punctual.shared.events;

import java.time.Duration;
import java.time.Instant;

import io.punctual.shared.transaction.RetryableTransactionException;

/**
 * Says that an event's instant lies further before its append than readers may be told
 * that the log is complete.
 */
public class StaleInstantException extends RetryableTransactionException {

	private StaleInstantException(String message) {
		super(message);
	}

	static StaleInstantException of(NewEvent event, Instant appendedAt) {
		return new StaleInstantException("%s of %s carries %s, %s before its append".formatted(event.type(),
				event.subject(), event.time(), Duration.between(event.time(), appendedAt)));
	}

}
