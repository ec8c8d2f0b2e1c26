package io.punctual.release.tool.buildspec;

import java.nio.file.Path;

import io.punctual.release.tool.Documents;
import io.punctual.release.tool.ReleaseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Phases as CodeBuild runs them.
 */
class RehearsalTests {

	@TempDir
	private Path root;

	private Rehearsal.Result run(String buildspec) throws InterruptedException {
		Documents.write(this.root.resolve("buildspec.yml"), "version: 0.2\n" + buildspec);
		return new Rehearsal(Buildspec.read(this.root.resolve("buildspec.yml")), this.root, this.root.resolve("work"))
			.run();
	}

	@Test
	void runsAllCommandsInOneShell() throws InterruptedException {
		Rehearsal.Result result = run("""
				env: {exported-variables: [B]}
				phases:
				  install: {commands: ["export A=1"]}
				  build: {commands: ["export B=$((A + 1))"]}
				""");
		assertThat(result.succeeded()).isTrue();
		assertThat(result.exported()).containsEntry("B", "2");
		assertThat(result.took()).containsOnlyKeys("install", "build");
	}

	@Test
	void endsAPhaseAtItsFirstFailure() throws InterruptedException {
		Rehearsal.Result result = run("""
				phases:
				  build: {on-failure: ABORT, commands: ["false", "touch never"]}
				""");
		assertThat(result.succeeded()).isFalse();
		assertThat(result.failed()).containsExactly("build");
		assertThat(this.root.resolve("never")).doesNotExist();
	}

	@Test
	void goesOnToPostBuildAfterABuildThatFailedUnlessToldToAbort() throws InterruptedException {
		assertThat(run("""
				phases:
				  build: {commands: ["false"]}
				  post_build: {commands: ["echo $CODEBUILD_BUILD_SUCCEEDING > succeeding"]}
				""").failed()).containsExactly("build");
		assertThat(this.root.resolve("succeeding")).hasContent("0");
		assertThat(run("""
				phases:
				  build: {on-failure: ABORT, commands: ["false"]}
				  post_build: {commands: ["touch never"]}
				""").took()).containsOnlyKeys("build");
		assertThat(this.root.resolve("never")).doesNotExist();
	}

	@Test
	void runsWhatComesLastEvenAfterAFailure() throws InterruptedException {
		run("""
				phases:
				  build: {on-failure: ABORT, commands: ["false"], finally: ["touch last"]}
				""");
		assertThat(this.root.resolve("last")).exists();
	}

	@Test
	void letsTheEnvironmentGoBeforeAVariable() throws InterruptedException {
		assertThat(
				run("""
						env: {variables: {HOME: nowhere, PUNCTUAL_TEST_OF_REHEARSAL: default}, exported-variables: [HOME, PUNCTUAL_TEST_OF_REHEARSAL]}
						phases:
						  build: {commands: ["true"]}
						""")
					.exported())
			.containsEntry("HOME", System.getenv("HOME"))
			.containsEntry("PUNCTUAL_TEST_OF_REHEARSAL", "default");
	}

	@Test
	void missesAnArtifactThatIsNotThere() throws InterruptedException {
		assertThat(run("""
				phases:
				  build: {commands: ["mkdir -p out/deep && touch out/a out/deep/b"]}
				artifacts: {name: all, files: ["out/**/*", "nothing/*"]}
				""").missing()).containsExactly("all: nothing/*");
	}

	@Test
	void refusesAWordThatCodeBuildWouldRefuse() {
		assertThatExceptionOfType(ReleaseException.class).isThrownBy(() -> run("phases: {compile: {commands: []}}\n"))
			.withMessageContaining("phases/compile");
		assertThatExceptionOfType(ReleaseException.class).isThrownBy(() -> run("phase: {}\n"));
	}

	@Test
	void matchesAnywhereBelowAFolder() {
		Documents.write(this.root.resolve("a/target/surefire-reports/TEST-x.xml"), "");
		assertThat(Rehearsal.matches(this.root, "**/target/surefire-reports/TEST-*.xml")).isTrue();
		assertThat(Rehearsal.matches(this.root.resolve("a"), "**/target/surefire-reports/TEST-*.xml")).isTrue();
		assertThat(Rehearsal.matches(this.root, "**/target/other/*.xml")).isFalse();
	}

}
