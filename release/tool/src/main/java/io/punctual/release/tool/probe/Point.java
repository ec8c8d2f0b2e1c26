package io.punctual.release.tool.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.punctual.release.tool.Documents;
import io.punctual.release.tool.ReleaseException;
import tools.jackson.databind.JsonNode;

/**
 * Something that is assumed of an account, with the command that settles it.
 *
 * @param name as the document says it that marks it
 * @param marked that document
 * @param ask the command, for bash
 * @param expect what its output is assumed to be
 */
record Point(String name, String marked, String ask, Pattern expect) {

	private static final long PATIENCE_SECONDS = 120;

	static List<Point> read(Path file) {
		List<Point> points = new ArrayList<>();
		for (JsonNode point : Documents.yaml(file).path("points")) {
			points.add(new Point(point.path("point").asString(), point.path("marked").asString(),
					point.path("ask").asString(), Pattern.compile(point.path("expect").asString())));
		}
		if (points.isEmpty()) {
			throw new ReleaseException(file + " has no points");
		}
		return points;
	}

	/**
	 * Asks.
	 * @return what came of it
	 */
	Settled settle() throws InterruptedException {
		try {
			Process process = new ProcessBuilder("bash", "-c", this.ask).redirectErrorStream(true).start();
			process.getOutputStream().close();
			String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
			boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
			return new Settled(this, said, ended && this.expect.matcher(said).matches());
		}
		catch (IOException ex) {
			throw new ReleaseException("bash cannot be started", ex);
		}
	}

	/**
	 * A point with its fact.
	 *
	 * @param point the point
	 * @param said what the command said
	 * @param asAssumed whether that is what is assumed
	 */
	record Settled(Point point, String said, boolean asAssumed) {
	}

}
