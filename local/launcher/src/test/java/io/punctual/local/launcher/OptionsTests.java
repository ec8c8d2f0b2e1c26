package io.punctual.local.launcher;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OptionsTests {

	@Test
	void startsOnlyWhenNothingIsAsked() {
		assertThat(Options.parse()).isEqualTo(new Options(false, false, false, false, null, null, false));
	}

	@Test
	void readsTheDemosOptions() {
		Options options = Options.parse("demo", "--keep", "--incident=a=b.json", "--kill=delivery");
		assertThat(options.demo()).isTrue();
		assertThat(options.keep()).isTrue();
		assertThat(options.incident()).isEqualTo(Path.of("a=b.json"));
		assertThat(options.kill()).isEqualTo("delivery");
	}

	@Test
	void runsInContainersOnlyWhenAsked() {
		assertThat(Options.parse("demo", "--compose", "--kill=each").compose()).isTrue();
		assertThat(Options.parse("--compose").demo()).isFalse();
		assertThat(Options.parse("demo").compose()).isFalse();
	}

	@Test
	void refusesWhatItDoesNotKnow() {
		for (String[] args : new String[][] { { "start" }, { "--kep" }, { "demo", "--kill=edge" }, { "--keep" },
				{ "--incident=a" } }) {
			assertThatExceptionOfType(LauncherException.class).isThrownBy(() -> Options.parse(args))
				.withMessageNotContaining("Exception");
		}
	}

}
