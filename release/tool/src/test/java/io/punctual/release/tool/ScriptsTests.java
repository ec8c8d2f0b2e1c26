package io.punctual.release.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The scripts of the release can at least be read, also those that a rehearsal cannot
 * run.
 */
@DisabledOnOs(OS.WINDOWS)
class ScriptsTests {

	static Stream<String> scripts() throws IOException {
		try (var files = Files.list(Repository.file("release"))) {
			return files.filter((file) -> Files.isRegularFile(file) && isScript(file))
				.map((file) -> "release/" + file.getFileName())
				.sorted()
				.toList()
				.stream();
		}
	}

	private static boolean isScript(Path file) {
		try {
			return Files.readString(file).startsWith("#!");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource("scripts")
	void isWellFormed(String script) throws Exception {
		Process bash = new ProcessBuilder("bash", "-n", script).directory(Repository.ROOT.toFile())
			.redirectErrorStream(true)
			.start();
		assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
		assertThat(bash.waitFor()).isZero();
		assertThat(Files.isExecutable(Repository.file(script))).isTrue();
	}

}
