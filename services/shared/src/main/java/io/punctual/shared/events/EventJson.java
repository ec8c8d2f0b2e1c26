package io.punctual.shared.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.json.JsonMapper;

/**
 * How events are written: ISO-8601 instants and durations, absent members instead of
 * nulls; readers pass over members that they do not know, since a field is emitted one
 * release after its readers know it, not before all do.
 */
final class EventJson {

	static final JsonMapper MAPPER = JsonMapper.builder()
		.changeDefaultPropertyInclusion((value) -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	private EventJson() {
	}

}
