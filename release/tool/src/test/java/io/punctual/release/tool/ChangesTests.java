package io.punctual.release.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a commit has to do, by what was done before: {@code release/changes}.
 */
@DisabledOnOs(OS.WINDOWS)
class ChangesTests {

	@TempDir
	Path folder;

	@BeforeEach
	void repository() throws Exception {
		for (String script : List.of("lib.sh", "changes", "done")) {
			copy("release/" + script);
		}
		write("gateway-config/openapi.yaml", "openapi: 3.0.3");
		write("services/shared/src/main/resources/db/V1.sql", "SELECT 1");
		write("services/sla/src/main/resources/db/V1.sql", "SELECT 1");
		write("templates/Network.template.json", "{}");
		write("templates/Gateway.template.json", "{}");
		git("init", "--quiet", "--initial-branch=main");
		commit("first");
	}

	@Test
	void theFirstCommitDoesEverythingAndTheNextOnlyWhatChanged() throws Exception {
		assertThat(changes()).containsExactly("FOUNDATION=run", "MIGRATE=run", "TRAFFIC=run", "DEPLOY=run",
				"GATEWAY=run", "version: none");
		for (String step : List.of("foundation", "migrate", "traffic", "gateway")) {
			run("release/done", step);
		}
		write("services/sla/src/main/resources/db/V2.sql", "SELECT 2");
		commit("second");
		assertThat(changes()).containsExactly("FOUNDATION=skip", "MIGRATE=run", "TRAFFIC=skip", "DEPLOY=run",
				"GATEWAY=skip", "version: none");
	}

	/**
	 * It notes where in the code each part is from, and where its own was unpacked.
	 */
	@Test
	void whatTheCdkNotesAnewAtEachSynthesisIsNoChangeOfTheStacks() throws Exception {
		write("templates/Network.metadata.json", "/tmp/jsii-kernel-a");
		write("templates/validation-report.json", "/tmp/jsii-kernel-a");
		changes();
		run("release/done", "foundation");
		write("templates/Network.metadata.json", "/tmp/jsii-kernel-b");
		write("templates/validation-report.json", "/tmp/jsii-kernel-b");
		assertThat(changes()).contains("FOUNDATION=skip");
		write("templates/asset.1/index.js", "changed");
		assertThat(changes()).as("code of a function").contains("FOUNDATION=run");
	}

	/**
	 * The tag starts a run of its own, on a commit that is not the newest by then.
	 */
	@Test
	void aVersionsTagOnAnOlderCommitIsAnnouncedAndTakesNothingBack() throws Exception {
		changes();
		commit("second");
		changes();
		git("tag", "-a", "v1.2.0", "-m", "What is new", "HEAD~1");
		git("checkout", "--quiet", "v1.2.0");
		List<String> said = changes();
		assertThat(said).contains("FOUNDATION=skip", "MIGRATE=skip", "TRAFFIC=skip", "DEPLOY=skip", "GATEWAY=skip",
				"version: v1.2.0");
		assertThat(said).anyMatch((line) -> line.contains("is older than"));
		assertThat(this.folder.resolve("out/version-text")).content().startsWith("What is new");
		git("checkout", "--quiet", "main");
		assertThat(changes()).as("what is newest is still deployed again").contains("DEPLOY=run");
	}

	@Test
	void aTagOnTheNewestCommitDeploysIt() throws Exception {
		changes();
		git("tag", "v1.2.0");
		assertThat(changes()).contains("DEPLOY=run", "version: v1.2.0");
	}

	@Test
	void aCommitThatDoesNotBuildOnTheNewestStopsTheBuild() throws Exception {
		changes();
		git("checkout", "--quiet", "--orphan", "rewritten");
		commit("rewritten");
		assertThat(changes()).last().asString().contains("does not build on", "was built last", "delete the parameter");
		Files.delete(this.folder.resolve("aws/ssm/punctual/release/begun/release"));
		assertThat(changes()).contains("DEPLOY=run");
	}

	@Test
	void nobodyWhoCannotAskGuesses() throws Exception {
		changes();
		write("bin/aws", "#!/bin/sh\necho 'Rate exceeded' >&2\nexit 254\n");
		assertThat(this.folder.resolve("bin/aws").toFile().setExecutable(true)).isTrue();
		assertThat(changes()).singleElement().asString().contains("cannot ask which commit was built last");
	}

	private List<String> changes() throws Exception {
		return run("release/changes").lines().toList();
	}

	private void copy(String file) throws IOException {
		Path copy = this.folder.resolve(file);
		Files.createDirectories(copy.getParent());
		Files.copy(Repository.file(file), copy);
	}

	private void write(String file, String text) throws IOException {
		Path path = this.folder.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, text);
	}

	private void commit(String message) throws Exception {
		git("add", "release", "services", "gateway-config");
		git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--allow-empty", "-m", message);
	}

	private void git(String... arguments) throws Exception {
		run(Stream
			.concat(Stream.of("git", "-c", "user.name=a", "-c", "user.email=a@example.org"), Arrays.stream(arguments))
			.toArray(String[]::new));
	}

	private String run(String... command) throws Exception {
		ProcessBuilder process = new ProcessBuilder(command).directory(this.folder.toFile()).redirectErrorStream(true);
		process.environment()
			.put("PATH", this.folder.resolve("bin") + ":" + Repository.file("release/stand-in") + ":"
					+ System.getenv("PATH"));
		process.environment().put("STAND_IN", this.folder.resolve("aws").toString());
		process.environment().put("PUNCTUAL_TEMPLATES", "templates");
		process.environment().put("PUNCTUAL_RELEASE_OUT", this.folder.resolve("out").toString());
		process.environment().keySet().removeIf((name) -> name.startsWith("CODEBUILD_"));
		Process started = process.start();
		String said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		started.waitFor();
		return said;
	}

}
