package io.punctual.release.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stack that could not be made is made anew. The CDK's command deletes what is left of
 * it, but for what protects it from deletion, and production's stacks are protected
 * before they are made.
 */
@DisabledOnOs(OS.WINDOWS)
class MadeAnewTests {

	@TempDir
	Path folder;

	private Workplace workplace;

	@BeforeEach
	void commands() throws IOException {
		this.workplace = new Workplace(this.folder, "lib.sh");
		this.workplace.command("bin/aws", """
				echo "$*" >> calls
				[[ $2 != describe-stacks ]] || cat "stacks/$4" 2>/dev/null || exit 254
				""");
		this.workplace.set("AWS_REGION", "eu-west-1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ROLLBACK_COMPLETE", "ROLLBACK_FAILED" })
	void whatCouldNotBeMadeLosesItsProtection(String state) throws Exception {
		this.workplace.write("stacks/Data", state);
		assertThat(makingWay("Data")).containsExactly(
				"cloudformation update-termination-protection --no-enable-termination-protection --stack-name Data "
						+ "--region eu-west-1");
	}

	@Test
	void whatStandsInAnotherRegionIsLookedForThere() throws Exception {
		this.workplace.write("stacks/Fallback", "ROLLBACK_COMPLETE");
		assertThat(makingWay("Fallback")).singleElement()
			.asString()
			.endsWith("--stack-name Fallback --region us-east-1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "UPDATE_ROLLBACK_FAILED",
			"CREATE_IN_PROGRESS" })
	void whatStandsKeepsIt(String state) throws Exception {
		this.workplace.write("stacks/Data", state);
		assertThat(makingWay("Data", "Network")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "foundation", "traffic", "gateway" })
	void eachStageThatDeploysLooksBefore(String script) throws Exception {
		String text = Files.readString(Repository.file("release/" + script));
		int called = Math.max(text.indexOf("\n\tdeploy \""), text.lastIndexOf("\nnpx "));
		assertThat(text.indexOf("\nmake_way ")).isPositive().isLessThan(called);
	}

	private List<String> makingWay(String... stacks) throws Exception {
		Workplace.Run run = this.workplace.run("bash", "-c", ". release/lib.sh; make_way " + String.join(" ", stacks));
		assertThat(run.status()).as(run.said()).isZero();
		return this.workplace.calls().stream().filter((call) -> call.contains("update-")).toList();
	}

}
