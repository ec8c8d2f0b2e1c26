package io.punctual.shared.events;

import java.time.Instant;

import tools.jackson.databind.JsonNode;

/**
 * An event as it came from its source.
 */
record ReceivedEvent(Event event, boolean ignorable) {

	static ReceivedEvent of(JsonNode cloudEvent) {
		Event event = new Event(Long.parseLong(cloudEvent.required("sequence").asString()),
				cloudEvent.required("id").asString(), cloudEvent.required("source").asString(),
				cloudEvent.required("type").asString(), cloudEvent.required("subject").asString(),
				Instant.parse(cloudEvent.required("time").asString()), cloudEvent.required("correlationid").asString(),
				cloudEvent.required("data"));
		return new ReceivedEvent(event, cloudEvent.path("ignorable").asBoolean(false));
	}

	long position() {
		return this.event.position();
	}

}
