package io.punctual.release.tool.buildspec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.punctual.release.tool.Documents;
import io.punctual.release.tool.Repository;
import io.punctual.release.tool.buildspec.Buildspec.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Our own {@code buildspec.yml}.
 */
class BuildspecTests {

	private final Buildspec buildspec = Buildspec.read(Repository.file("buildspec.yml"));

	private Stream<String> commands() {
		return this.buildspec.phases()
			.stream()
			.flatMap((phase) -> phase.commands().stream())
			.flatMap((command) -> command.startsWith("release/together ") ? together(command) : Stream.of(command));
	}

	/** The commands that run at the same time, those of one chain after the other. */
	private static Stream<String> together(String command) {
		return Pattern.compile("'([^']+)'")
			.matcher(command)
			.results()
			.flatMap((chain) -> Arrays.stream(chain.group(1).split(" && ")));
	}

	@Test
	void callsScriptsThatThereAre() {
		List<String> scripts = commands().filter((command) -> command.startsWith("release/")).toList();
		assertThat(scripts).hasSizeGreaterThan(7)
			.allSatisfy((
					script) -> assertThat(Files.isExecutable(Path.of(Repository.file(script.split(" ")[0]).toString())))
						.isTrue());
	}

	@Test
	void looksForVulnerabilitiesBeforeItPushesAndSignsWhatItPushed() {
		assertThat(commands().filter((command) -> command.startsWith("release/")).toList()).containsSubsequence(
				"release/test", "release/images", "release/scan", "release/push", "release/sign", "release/render");
	}

	@Test
	void installsWhatItNeedsBeforeAnythingElse() {
		Phase first = this.buildspec.phases().getFirst();
		assertThat(first.name()).isEqualTo("install");
		assertThat(first.commands()).containsExactly("release/install");
		assertThat(Documents.yaml(Repository.file("buildspec.yml")).at("/env/shell").asString()).isEqualTo("bash");
	}

	@Test
	void goesNoFurtherThanAFailure() {
		assertThat(this.buildspec.phases()).filteredOn((phase) -> !phase.name().equals("post_build"))
			.allMatch(Phase::aborts);
	}

	@Test
	void tellsTheLaterStagesWhatThereIsToDo() {
		assertThat(this.buildspec.exported()).containsExactly("COMMIT", "FOUNDATION", "MIGRATE", "TRAFFIC", "QUEUE",
				"DEPLOY", "GATEWAY");
	}

	/**
	 * They are read of the shell in which a phase's last command ends.
	 */
	@Test
	@DisabledOnOs(OS.WINDOWS)
	void exportsWhatWasFoundToDo(@TempDir Path root) throws InterruptedException {
		Documents.write(root.resolve("target/release/changes.env"),
				"FOUNDATION=skip\nMIGRATE=run\nTRAFFIC=skip\nDEPLOY=run\nGATEWAY=skip\n");
		Documents.write(root.resolve("target/release/commit"), "4f2c\n");
		String last = this.buildspec.phases().getLast().commands().getLast();
		Documents.write(root.resolve("buildspec.yml"),
				"version: 0.2\nenv: {exported-variables: [COMMIT, FOUNDATION, MIGRATE, TRAFFIC, DEPLOY, GATEWAY]}\n"
						+ "phases: {post_build: {commands: ['" + last + "']}}\n");
		assertThat(new Rehearsal(Buildspec.read(root.resolve("buildspec.yml")), root, root.resolve("work")).run()
			.exported())
			.isEqualTo(Map.of("COMMIT", "4f2c", "FOUNDATION", "skip", "MIGRATE", "run", "TRAFFIC", "skip", "DEPLOY",
					"run", "GATEWAY", "skip"));
	}

	/**
	 * Scripts and what they read: the templates, the document, the specification that a
	 * deployment by hand is made of.
	 */
	@Test
	void leavesToTheLaterStagesAllThatTheyRead() {
		assertThat(this.buildspec.artifacts()).containsOnlyKeys("release");
		assertThat(this.buildspec.artifacts().values()).flatExtracting((artifact) -> artifact.files().patterns())
			.containsExactlyInAnyOrder("target/release/**/*", "cdk.out/**/*", "gateway-config/**/*", "release/**/*",
					"appspec.yaml");
	}

	/**
	 * What is pushed, signed and rendered needs no template: neither waits for the other.
	 */
	@Test
	void makesTheTemplatesWhileItPushes() {
		assertThat(this.buildspec.phases().stream().flatMap((phase) -> phase.commands().stream()))
			.filteredOn((command) -> command.startsWith("release/together "))
			.singleElement()
			.asString()
			.contains("'release/push && release/sign && release/render'", "'release/synthesise && release/changes'");
	}

	/**
	 * A cache without a key is written again by each build, and waited for.
	 */
	@Test
	void writesItsCacheOnceForEachSetOfDependencies() {
		JsonNode cache = Documents.yaml(Repository.file("buildspec.yml")).path("cache");
		assertThat(cache.path("key").asString()).startsWith("build-$(codebuild-hash-files ").contains("pom.xml");
		assertThat(cache.at("/fallback-keys/0").asString()).isEqualTo("build-");
		assertThat(this.buildspec.cache()).as("a class cache has a hundred megabytes")
			.noneMatch((path) -> path.contains("/punctual/"));
		assertThat(commands()).containsSubsequence("release/classes fetch", "release/images", "release/classes keep");
	}

	@Test
	void keepsReportsAndDownloads() {
		assertThat(this.buildspec.reports()).singleElement()
			.satisfies(
					(tests) -> assertThat(tests.patterns()).containsExactly("**/target/surefire-reports/TEST-*.xml"));
		assertThat(Documents.yaml(Repository.file("buildspec.yml")).at("/reports/tests/file-format").asString())
			.isEqualTo("JUNITXML");
		assertThat(this.buildspec.cache()).as("Maven's, the signing tool, the images' base")
			.containsExactlyInAnyOrder("/root/.m2/repository/**/*", "/root/go/bin/**/*",
					"/root/.cache/google-cloud-tools-java/**/*");
	}

	@Test
	void runsEverythingUnlessItIsToldOtherwise() {
		assertThat(this.buildspec.variables()).containsEntry("PUNCTUAL_PROFILE", "full");
	}

}
