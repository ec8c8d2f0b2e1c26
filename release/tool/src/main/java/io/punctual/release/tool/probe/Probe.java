package io.punctual.release.tool.probe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.punctual.release.tool.Documents;
import io.punctual.release.tool.ReleaseException;
import tools.jackson.databind.JsonNode;

/**
 * One question.
 *
 * @param name the answer that is assumed, in words
 * @param marked where it is assumed
 * @param method the request's method
 * @param path its path, with the query
 * @param headers its headers, {@code Name: value}
 * @param times how often it is asked; the last answer counts
 * @param expect the answer that is assumed
 */
record Probe(String name, String marked, String method, String path, List<String> headers, int times, JsonNode expect) {

	/**
	 * Reads the questions; a row of what was recorded is one, too.
	 * @param file rows of {@code probes.yaml} or of {@code parity.yaml}
	 * @return the questions, in order
	 */
	static List<Probe> read(Path file) {
		List<Probe> probes = new ArrayList<>();
		Documents.yaml(file).path("rows").forEach((row) -> {
			JsonNode request = row.path("request");
			JsonNode expect = row.has("expect") ? row.path("expect") : row.path("answer");
			if (!request.has("path") || !expect.has("status")) {
				throw new ReleaseException("a row needs a request and a status: " + row);
			}
			probes.add(
					new Probe(row.path("name").asString(), row.path("marked").asString(row.path("source").asString("")),
							request.path("method").asString("GET"), request.path("path").asString(),
							request.path("headers").valueStream().map(JsonNode::asString).toList(),
							row.path("times").asInt(1), expect));
		});
		return probes;
	}

}
