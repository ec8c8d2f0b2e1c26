package io.punctual.shared.events;

import java.time.Instant;

import tools.jackson.databind.JsonNode;

/**
 * An event read from another service's log.
 *
 * @param position its place in the log: dense, in commit order; an event of a snapshot
 * has the snapshot's position
 * @param id unique in its source
 * @param source the service whose log it is, such as {@code clients}
 * @param type its type
 * @param subject the id of what it is about
 * @param time when it happened, by the source's database
 * @param correlationId the request that caused it
 * @param data what happened
 */
public record Event(long position, String id, String source, String type, String subject, Instant time,
		String correlationId, JsonNode data) {

	/**
	 * Read the data as a record of the published language.
	 * @param <T> the record's type
	 * @param type the record's class
	 * @return the data
	 * @throws tools.jackson.core.JacksonException if the data has another form
	 */
	public <T> T data(Class<T> type) {
		return EventJson.MAPPER.treeToValue(this.data, type);
	}

}
