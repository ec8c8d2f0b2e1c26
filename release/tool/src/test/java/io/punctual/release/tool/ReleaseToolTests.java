package io.punctual.release.tool;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the command line takes.
 */
class ReleaseToolTests {

	@Test
	void refusesACommandThatItDoesNotKnow() {
		assertThat(ReleaseTool.run("deploi")).isEqualTo(2);
		assertThat(ReleaseTool.run()).isEqualTo(2);
	}

	@Test
	void saysWhichOptionIsMissing() {
		assertThat(ReleaseTool.run("render")).isEqualTo(2);
		assertThatExceptionOfType(ReleaseException.class).isThrownBy(() -> Options.parse(List.of()).need("image"))
			.withMessage("--image is missing");
	}

	@Test
	void refusesAnOptionWithoutAValue() {
		assertThatExceptionOfType(ReleaseException.class).isThrownBy(() -> Options.parse(List.of("--image")));
	}

}
