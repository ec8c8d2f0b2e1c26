package io.punctual.local.launcher.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.punctual.local.launcher.LauncherException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What happened in a real outage, and when: the form of the files in
 * {@code resources/incidents}.
 *
 * @param title what it was
 * @param provider whose outage it was
 * @param severity critical, major or minor
 * @param components what was affected
 * @param startedAt when users felt it
 * @param detectedAt when the provider noticed; null where no source says
 * @param updates what was said, in order
 */
record Timeline(String title, String provider, String severity, List<String> components, Instant startedAt,
		@Nullable Instant detectedAt, List<Entry> updates) {

	static final String DEFAULT = "aws-s3-2017-02-28";

	private static final Set<String> STATES = Set.of("INVESTIGATING", "IDENTIFIED", "MONITORING", "RESOLVED",
			"POSTMORTEM");

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	Timeline {
		require(title != null && provider != null && severity != null && components != null && startedAt != null
				&& updates != null, "it needs title, provider, severity, components, startedAt and updates");
		require(Set.of("critical", "major", "minor").contains(severity),
				"its severity is critical, major or minor, not '" + severity + "'");
		require(!updates.isEmpty(), "it has no updates");
		require(!components.isEmpty(), "it has no components");
		for (int i = 0; i < updates.size(); i++) {
			Entry entry = updates.get(i);
			require(entry.at() != null && entry.status() != null && entry.text() != null && entry.impact() != null,
					"update " + i + " needs at, status, text and impact");
			require(STATES.contains(entry.status()), "update " + i + " has the unknown status " + entry.status());
			require(Set.copyOf(components).containsAll(entry.impact().keySet()),
					"update " + i + " names a component that 'components' does not");
			require(i == 0 || !entry.at().isBefore(updates.get(i - 1).at()), "update " + i + " is out of order");
		}
	}

	private static void require(boolean condition, String otherwise) {
		if (!condition) {
			throw new IllegalArgumentException(otherwise);
		}
	}

	static Timeline read(@Nullable Path file) {
		String name = (file != null) ? file.toString() : DEFAULT;
		try (InputStream in = open(file)) {
			return JSON.readValue(in, Timeline.class);
		}
		catch (IOException ex) {
			throw new LauncherException("The incident " + name + " cannot be read: " + ex.getMessage(), ex);
		}
		catch (JacksonException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			throw new LauncherException("The incident " + name + " is not of the form of those in "
					+ "local/launcher/src/main/resources/incidents: " + firstLine(cause.getMessage()), ex);
		}
	}

	private static InputStream open(@Nullable Path file) throws IOException {
		if (file != null) {
			return Files.newInputStream(file);
		}
		InputStream in = Timeline.class.getResourceAsStream("/incidents/" + DEFAULT + ".json");
		if (in == null) {
			throw new IOException("it is not in the jar");
		}
		return in;
	}

	private static String firstLine(@Nullable String message) {
		return (message != null) ? message.lines().findFirst().orElse("") : "";
	}

	String severityCode() {
		return this.severity.toUpperCase(Locale.ROOT);
	}

	Instant end() {
		return this.updates.getLast().at();
	}

	/**
	 * Something that was said.
	 *
	 * @param at when
	 * @param status the incident's state from then on
	 * @param impact how much each component was affected from then on
	 * @param text the words
	 */
	record Entry(Instant at, String status, Map<String, String> impact, String text) {
	}

}
