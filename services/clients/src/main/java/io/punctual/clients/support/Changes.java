package io.punctual.clients.support;

import java.time.Instant;

import io.punctual.shared.events.EventLog;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.time.DatabaseClock;

import org.springframework.stereotype.Component;

/**
 * Publishes what a transaction has changed, at the database's time.
 */
@Component
public class Changes {

	private final EventLog log;

	private final DatabaseClock clock;

	Changes(EventLog log, DatabaseClock clock) {
		this.log = log;
		this.clock = clock;
	}

	/**
	 * Return the instant that the change is stamped with.
	 * @return the database's present time
	 */
	public Instant now() {
		return this.clock.now();
	}

	/**
	 * Publish a change with the transaction.
	 * @param type the event's type
	 * @param subject the id of what has changed
	 * @param at when
	 * @param data what it is now
	 */
	public void publish(String type, String subject, Instant at, Object data) {
		this.log.append(new NewEvent(type, subject, at, data).restampable());
	}

}
