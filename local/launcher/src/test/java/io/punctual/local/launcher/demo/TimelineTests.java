package io.punctual.local.launcher.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.punctual.local.launcher.LauncherException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TimelineTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path folder;

	static List<Path> incidents() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("src/main/resources/incidents"))) {
			return files.sorted().toList();
		}
	}

	@ParameterizedTest
	@MethodSource("incidents")
	void readsEveryIncidentAndMakesItShort(Path file) {
		Timeline timeline = Timeline.read(file);
		List<Duration> pace = Pace.of(timeline);
		assertThat(pace).hasSameSizeAs(timeline.updates()).isSorted().startsWith(Duration.ZERO);
		assertThat(pace.getLast()).isBetween(Pace.WHOLE, Pace.WHOLE.plusSeconds(timeline.updates().size()));
		for (int i = 1; i < pace.size(); i++) {
			assertThat(pace.get(i).minus(pace.get(i - 1))).isGreaterThanOrEqualTo(Pace.LEAST);
		}
	}

	@Test
	void saysWhatIsWrongWithAnIncident() throws IOException {
		Path file = this.folder.resolve("incident.json");
		Files.writeString(file, """
				{"title": "t", "provider": "p", "severity": "bad", "components": ["a"],
				 "startedAt": "2017-02-28T17:37:00Z", "updates": []}""");
		assertThatExceptionOfType(LauncherException.class).isThrownBy(() -> Timeline.read(file))
			.withMessageContaining("severity");
		Files.writeString(file, "{nonsense");
		assertThatExceptionOfType(LauncherException.class).isThrownBy(() -> Timeline.read(file));
		assertThatExceptionOfType(LauncherException.class)
			.isThrownBy(() -> Timeline.read(this.folder.resolve("absent.json")))
			.withMessageContaining("absent.json");
	}

}
