package io.punctual.shared.events;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A page as it came from its source.
 */
record ReceivedPage(String epoch, long head, long tail, @Nullable Instant asOf, List<ReceivedEvent> events) {

	static ReceivedPage of(JsonNode page) {
		List<ReceivedEvent> events = new ArrayList<>();
		page.required("events").forEach((event) -> events.add(ReceivedEvent.of(event)));
		return new ReceivedPage(page.required("epoch").asString(), page.required("head").asLong(),
				page.required("tail").asLong(), instant(page.path("asOf")), events);
	}

	private static @Nullable Instant instant(JsonNode node) {
		return node.isString() ? Instant.parse(node.asString()) : null;
	}

	/**
	 * Return as much of the page as follows a position without a gap.
	 */
	ReceivedPage following(long position) {
		int count = 0;
		while (count < this.events.size() && this.events.get(count).position() == position + count + 1) {
			count++;
		}
		return first(count);
	}

	/**
	 * Return the page's first events; nothing is then known of what the others might have
	 * said.
	 */
	ReceivedPage first(int count) {
		return (count == this.events.size()) ? this
				: new ReceivedPage(this.epoch, this.head, this.tail, null, this.events.subList(0, count));
	}

}
