package io.punctual.release.tool;

import java.io.IOException;
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

	private Workplace clone;

	@BeforeEach
	void repository() throws Exception {
		this.clone = new Workplace(this.folder, "lib.sh", "changes", "done");
		this.clone.standsInForAws();
		this.clone.set("PUNCTUAL_TEMPLATES", "templates");
		this.clone.set("PUNCTUAL_RELEASE_OUT", this.clone.file("out").toString());
		this.clone.write("gateway-config/openapi.yaml", "openapi: 3.0.3");
		this.clone.write("services/shared/src/main/resources/db/V1.sql", "SELECT 1");
		this.clone.write("services/sla/src/main/resources/db/V1.sql", "SELECT 1");
		this.clone.write("templates/Network.template.json", "{}");
		this.clone.write("templates/Gateway.template.json", "{}");
		git("init", "--quiet", "--initial-branch=main");
		commit("first");
	}

	@Test
	void theFirstCommitDoesEverythingAndTheNextOnlyWhatChanged() throws Exception {
		assertThat(changes()).containsExactly("FOUNDATION=run", "MIGRATE=run", "TRAFFIC=run", "QUEUE=skip",
				"DEPLOY=run", "GATEWAY=run", "version: none");
		for (String step : List.of("foundation", "migrate", "traffic", "gateway")) {
			this.clone.run("release/done", step);
		}
		this.clone.write("services/sla/src/main/resources/db/V2.sql", "SELECT 2");
		commit("second");
		assertThat(changes()).containsExactly("FOUNDATION=skip", "MIGRATE=run", "TRAFFIC=skip", "QUEUE=skip",
				"DEPLOY=run", "GATEWAY=skip", "version: none");
	}

	/**
	 * It notes where in the code each part is from, and where its own was unpacked.
	 */
	@Test
	void whatTheCdkNotesAnewAtEachSynthesisIsNoChangeOfTheStacks() throws Exception {
		this.clone.write("templates/Network.metadata.json", "/tmp/jsii-kernel-a");
		this.clone.write("templates/validation-report.json", "/tmp/jsii-kernel-a");
		changes();
		this.clone.run("release/done", "foundation");
		this.clone.write("templates/Network.metadata.json", "/tmp/jsii-kernel-b");
		this.clone.write("templates/validation-report.json", "/tmp/jsii-kernel-b");
		assertThat(changes()).contains("FOUNDATION=skip");
		this.clone.write("templates/asset.1/index.js", "changed");
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
		assertThat(this.clone.file("out/version-text")).content().startsWith("What is new");
		git("checkout", "--quiet", "main");
		assertThat(changes()).as("what is newest is still deployed again").contains("DEPLOY=run");
	}

	@Test
	void aTagOnACommitThatIsLiveIsAnnouncedAndDeploysNothingASecondTime() throws Exception {
		changes();
		this.clone.run("release/done", "deploy");
		git("tag", "v1.2.0");
		assertThat(changes()).contains("FOUNDATION=skip", "MIGRATE=skip", "TRAFFIC=skip", "DEPLOY=skip", "GATEWAY=skip",
				"version: v1.2.0");
		assertThat(this.clone.run("release/done", "deploy").said()).contains("has deployed nothing");
		note("announced/v1.2.0", "by the tag's run");
		assertThat(changes()).as("started again by a person").contains("DEPLOY=run");
	}

	/** Two runs begin: the branch's and the tag's. */
	@Test
	void aCommitThatIsPushedWithItsTagIsDeployedByTheRunThatIsBuiltFirst() throws Exception {
		git("tag", "v1.2.0");
		executions("one InProgress %s", "two InProgress %s");
		this.clone.set("PUNCTUAL_EXECUTION", "two");
		assertThat(changes()).contains("DEPLOY=run");
		this.clone.set("PUNCTUAL_EXECUTION", "one");
		assertThat(changes()).contains("DEPLOY=skip", "version: v1.2.0");
		executions("one InProgress %s", "two Failed %s");
		assertThat(changes()).as("what the other run could not").contains("DEPLOY=run");
	}

	@Test
	void aCommitLooksAfterTheRunBeforeItAndNotAfterThoseBehind() throws Exception {
		executions("later InProgress %s", "own InProgress %s", "former Succeeded %s");
		this.clone.set("PUNCTUAL_EXECUTION", "own");
		assertThat(changes()).contains("QUEUE=skip", "DEPLOY=run");
		executions("later InProgress %s", "own InProgress %s", "former InProgress " + "0".repeat(40));
		assertThat(changes()).contains("QUEUE=run", "DEPLOY=run");
	}

	@Test
	void aTagOnANewestCommitThatIsNotLiveDeploysIt() throws Exception {
		changes();
		git("tag", "v1.2.0");
		note("done/deploy", "clients by hand");
		executions("one InProgress %s");
		this.clone.set("PUNCTUAL_EXECUTION", "one");
		assertThat(changes()).contains("DEPLOY=run", "version: v1.2.0");
	}

	@Test
	void aCommitThatIsStartedAgainWithoutATagIsDeployedAgain() throws Exception {
		changes();
		this.clone.run("release/done", "deploy");
		assertThat(changes()).contains("DEPLOY=run", "version: none");
	}

	@Test
	void aCommitThatDoesNotBuildOnTheNewestStopsTheBuild() throws Exception {
		changes();
		git("checkout", "--quiet", "--orphan", "rewritten");
		commit("rewritten");
		assertThat(changes()).last().asString().contains("does not build on", "was built last", "delete the parameter");
		Files.delete(this.clone.file("aws/ssm/punctual/release/begun/release"));
		assertThat(changes()).contains("DEPLOY=run");
	}

	@Test
	void nobodyWhoCannotAskGuesses() throws Exception {
		changes();
		this.clone.command("bin/aws", "echo 'Rate exceeded' >&2\nexit 254\n");
		assertThat(changes()).singleElement().asString().contains("cannot ask which commit was built last");
	}

	private List<String> changes() throws Exception {
		return this.clone.run("release/changes").said().lines().toList();
	}

	private void note(String name, String value) throws IOException {
		this.clone.write("aws/ssm/punctual/release/" + name, value);
	}

	/** What the pipeline says of its runs, with the newest commit. */
	private void executions(String... lines) throws Exception {
		String commit = this.clone.run("git", "rev-parse", "HEAD").said().strip();
		this.clone.write("aws/executions", String.join("\n", lines).replace("%s", commit) + "\n");
	}

	private void commit(String message) throws Exception {
		git("add", "release", "services", "gateway-config");
		git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--allow-empty", "-m", message);
	}

	private void git(String... arguments) throws Exception {
		this.clone.run(Stream
			.concat(Stream.of("git", "-c", "user.name=a", "-c", "user.email=a@example.org"), Arrays.stream(arguments))
			.toArray(String[]::new));
	}

}
