package io.punctual.release.tool.buildspec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.punctual.release.tool.Repository;
import io.punctual.release.tool.buildspec.Buildspec.Phase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Our own {@code buildspec.yml}.
 */
class BuildspecTests {

	private final Buildspec buildspec = Buildspec.read(Repository.file("buildspec.yml"));

	private Stream<String> commands() {
		return this.buildspec.phases().stream().flatMap((phase) -> phase.commands().stream());
	}

	@Test
	void callsScriptsThatThereAre() {
		List<String> scripts = commands().filter((command) -> command.startsWith("release/")).toList();
		assertThat(scripts).hasSizeGreaterThan(7)
			.allSatisfy(
					(script) -> assertThat(Files.isExecutable(Path.of(Repository.file(script).toString()))).isTrue());
	}

	@Test
	void looksForVulnerabilitiesBeforeItPushesAndSignsWhatItPushed() {
		assertThat(commands().filter((command) -> command.startsWith("release/")).toList()).containsSubsequence(
				"release/test", "release/images", "release/scan", "release/push", "release/sign", "release/render");
	}

	@Test
	void goesNoFurtherThanAFailure() {
		assertThat(this.buildspec.phases()).filteredOn((phase) -> !phase.name().equals("post_build"))
			.allMatch(Phase::aborts);
	}

	@Test
	void tellsTheLaterStagesWhatThereIsToDo() {
		assertThat(this.buildspec.exported()).containsExactly("COMMIT", "FOUNDATION", "MIGRATE", "TRAFFIC", "GATEWAY");
	}

	@Test
	void keepsReportsAndDownloads() {
		assertThat(this.buildspec.reports()).hasSize(1);
		assertThat(this.buildspec.cache()).anyMatch((path) -> path.contains(".m2"));
	}

	@Test
	void runsEverythingUnlessItIsToldOtherwise() {
		assertThat(this.buildspec.variables()).containsEntry("PUNCTUAL_PROFILE", "full");
	}

}
