package io.punctual.delivery.intake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.punctual.shared.events.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Events that become messages as soon as no release may send them as something else. What
 * is read while one is heard of is put aside, and comes first afterwards: nothing is
 * lost, and the order stays.
 */
@Repository
class AwaitedEvents {

	private static final Logger logger = LoggerFactory.getLogger(AwaitedEvents.class);

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	private final JsonMapper json;

	private final MessageSenders senders;

	AwaitedEvents(JdbcClient jdbc, JdbcTemplate batches, JsonMapper json, MessageSenders senders) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.json = json;
		this.senders = senders;
	}

	/**
	 * What is to be applied by now, inside the caller's transaction.
	 * @param events of some types, in the order of their log
	 * @param types those types; each is a kind of message
	 * @return what waited, and the events; nothing while they have to wait
	 */
	List<Event> ready(List<Event> events, Collection<String> types) {
		if (this.senders.canSend(types)) {
			List<Event> all = take(types);
			all.addAll(events);
			return all;
		}
		this.batches.batchUpdate("""
				INSERT INTO awaited_event (position, event_id, type, document) VALUES (?, ?, ?, ?)
				ON DUPLICATE KEY UPDATE type = VALUES(type)""",
				events.stream()
					.map((event) -> new Object[] { event.position(), event.id(), event.type(),
							this.json.writeValueAsString(event) })
					.toList());
		logger.info("{} messages wait until a release is gone that would send them as something else", events.size());
		return List.of();
	}

	/** Whether some wait that need not any more. */
	boolean isDue(Collection<String> types) {
		return this.jdbc.sql("SELECT COUNT(*) FROM awaited_event WHERE type IN (:types)")
			.param("types", types)
			.query(Long.class)
			.single() > 0 && this.senders.canSend(types);
	}

	private List<Event> take(Collection<String> types) {
		List<Event> waiting = new ArrayList<>(this.jdbc.sql("""
				SELECT document FROM awaited_event WHERE type IN (:types) ORDER BY position, event_id
				FOR UPDATE""")
			.param("types", types)
			.query((row, number) -> this.json.readValue(row.getString(1), Event.class))
			.list());
		if (!waiting.isEmpty()) {
			this.jdbc.sql("DELETE FROM awaited_event WHERE type IN (:types)").param("types", types).update();
		}
		return waiting;
	}

}
