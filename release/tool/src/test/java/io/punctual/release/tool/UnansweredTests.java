package io.punctual.release.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
	Path directory;

	@BeforeEach
	void commands() throws IOException {
		command("npx", "touch \"$HERE/deployed\"; exit 1");
	}

	@Test
	void noDocumentIsDeployedIfTheDeployedOneCannotBeRead() throws Exception {
		aws("fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden");
		assertThat(run("release/gateway")).contains("cannot read the deployed document", "(403)");
		assertThat(this.directory.resolve("deployed")).doesNotExist();
	}

	@Test
	void theFirstDocumentIsComparedWithNothing() throws Exception {
		aws("fatal error: An error occurred (404) when calling the HeadObject operation: Key does not exist");
		assertThat(run("release/gateway")).contains("Nothing is deployed yet");
		assertThat(this.directory.resolve("deployed")).exists();
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
		command("aws", "echo '" + error + "' >&2; exit 1");
	}

	private void command(String name, String script) throws IOException {
		Path file = this.directory.resolve(name);
		Files.writeString(file, "#!/usr/bin/env bash\n" + script + "\n");
		assertThat(file.toFile().setExecutable(true)).isTrue();
	}

	private String run(String... arguments) throws Exception {
		ProcessBuilder bash = new ProcessBuilder(Stream.concat(Stream.of("bash"), Stream.of(arguments)).toList())
			.directory(Repository.ROOT.toFile())
			.redirectErrorStream(true);
		bash.environment().put("PATH", this.directory + ":" + System.getenv("PATH"));
		bash.environment().put("HERE", this.directory.toString());
		bash.environment().put("PUNCTUAL_RELEASE_OUT", this.directory.resolve("out").toString());
		bash.environment().put("PUNCTUAL_ARTIFACTS", "artifacts");
		bash.environment().put("PUNCTUAL_ENVIRONMENT", "staging");
		bash.environment().put("PUNCTUAL_CDK_CLI", "0");
		Process process = bash.start();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		process.waitFor();
		return said;
	}

}
