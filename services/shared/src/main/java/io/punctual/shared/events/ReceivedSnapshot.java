package io.punctual.shared.events;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * A snapshot as it came from its source.
 */
record ReceivedSnapshot(String epoch, long position, Instant asOf, List<ReceivedEvent> events) {

	/**
	 * Read a whole snapshot.
	 * @throws IOException also if it ends before its end
	 */
	static ReceivedSnapshot read(BufferedReader lines) throws IOException {
		JsonNode head = EventJson.MAPPER.readTree(required(lines));
		List<ReceivedEvent> events = new ArrayList<>();
		while (true) {
			JsonNode line = EventJson.MAPPER.readTree(required(lines));
			if (!line.has("specversion")) {
				if (line.path("count").asLong(-1) != events.size()) {
					throw new IOException("The snapshot's end does not count its " + events.size() + " events");
				}
				return new ReceivedSnapshot(head.required("epoch").asString(), head.required("position").asLong(),
						Instant.parse(head.required("asOf").asString()), events);
			}
			events.add(ReceivedEvent.of(line));
		}
	}

	private static String required(BufferedReader lines) throws IOException {
		String line = lines.readLine();
		if (line == null) {
			throw new IOException("The snapshot is cut off");
		}
		return line;
	}

}
