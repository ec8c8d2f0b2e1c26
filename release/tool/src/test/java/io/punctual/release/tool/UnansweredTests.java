package io.punctual.release.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A script that gets no answer of AWS's stops; it does not take it for "there is none".
 */
@DisabledOnOs(OS.WINDOWS)
class UnansweredTests {

	@TempDir
	Path folder;

	private Workplace workplace;

	@BeforeEach
	void commands() throws IOException {
		this.workplace = new Workplace(this.folder, "lib.sh", "gateway");
		this.workplace.command("bin/npx", "touch deployed; exit 1");
		this.workplace.set("PUNCTUAL_ARTIFACTS", "artifacts");
		this.workplace.set("PUNCTUAL_ENVIRONMENT", "staging");
		this.workplace.set("PUNCTUAL_CDK_CLI", "0");
	}

	@Test
	void noDocumentIsDeployedIfTheDeployedOneCannotBeRead() throws Exception {
		aws("fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden");
		assertThat(run("release/gateway")).contains("cannot read the deployed document", "(403)");
		assertThat(this.workplace.file("deployed")).doesNotExist();
	}

	@Test
	void theFirstDocumentIsComparedWithNothing() throws Exception {
		aws("fatal error: An error occurred (404) when calling the HeadObject operation: Key does not exist");
		assertThat(run("release/gateway")).contains("Nothing is deployed yet");
		assertThat(this.workplace.file("deployed")).exists();
	}

	@Test
	void aStackThatCannotBeAskedForIsNotTakenForMissing() throws Exception {
		aws("An error occurred (Throttling) when calling the DescribeStacks operation: Rate exceeded");
		assertThat(run("-c", ". release/lib.sh; stands Traffic || say missing")).contains("Rate exceeded")
			.doesNotContain("missing");
	}

	@Test
	void aStackThatWasNeverMadeIsMissing() throws Exception {
		aws("An error occurred (ValidationError) when calling the DescribeStacks operation: "
				+ "Stack with id Traffic does not exist");
		assertThat(run("-c", ". release/lib.sh; stands Traffic || say missing")).isEqualTo("missing\n");
	}

	private void aws(String error) throws IOException {
		this.workplace.command("bin/aws", "echo '" + error + "' >&2; exit 1\n");
	}

	private String run(String... arguments) throws Exception {
		return this.workplace.run(Stream.concat(Stream.of("bash"), Stream.of(arguments)).toArray(String[]::new)).said();
	}

}
