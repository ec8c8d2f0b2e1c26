package io.punctual.release.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A build's machine gets what it lacks: {@code release/install}, on one that is set up as
 * CodeBuild's images are.
 */
@DisabledOnOs(OS.WINDOWS)
class InstallTests {

	@TempDir
	Path folder;

	@BeforeEach
	void machine() throws IOException {
		for (String script : List.of("lib.sh", "install")) {
			write("release/" + script, Files.readString(Repository.file("release/" + script)));
		}
		write("jdk/release", "JAVA_VERSION=\"25.0.1\"\n");
		executable("jdk/bin/java", "echo 'openjdk 25'");
		executable("bin/install", "cp \"${@: -2:1}\" bin/cosign");
		executable("bin/dnf", "echo \"dnf $*\" >> calls");
		// As Go does: into GOBIN, else below GOPATH.
		executable("bin/go", """
				echo "go $*" >> calls
				mkdir -p "${GOBIN:=$GOPATH/bin}"
				printf '#!/bin/sh\\necho GitVersion: v2\\n' > "$GOBIN/cosign" && chmod +x "$GOBIN/cosign"
				""");
		executable("bin/aws", """
				echo "aws $*" >> calls
				case "$1 $2" in
					's3 ls') [[ -f kept ]] ;;
					's3 cp') if [[ $3 == s3://* ]]; then cp kept "$4"; else cp "$3" kept; fi ;;
				esac
				""");
	}

	@Test
	void theFirstBuildMakesTheSigningToolAndKeepsItForTheStages() throws Exception {
		assertThat(run()).contains("openjdk 25, cosign v2");
		assertThat(calls())
			.anyMatch((call) -> call.startsWith("go install github.com/sigstore/cosign/v2/cmd/cosign@v"));
		assertThat(this.folder.resolve("home/go/bin/cosign")).as("what the build's cache keeps").isExecutable();
		assertThat(this.folder.resolve("kept")).as("what the stages fetch").exists();
	}

	@Test
	void aStageTakesWhatTheBuildHasKept() throws Exception {
		write("kept", "#!/bin/sh\necho GitVersion: v2\n");
		assertThat(run()).contains("cosign v2");
		assertThat(calls()).noneMatch((call) -> call.startsWith("go "));
		assertThat(this.folder.resolve("home/go/bin/cosign")).isExecutable();
	}

	@Test
	void whoSignsNothingNeedsTheJdkOnly() throws Exception {
		assertThat(run("jdk")).isEmpty();
		assertThat(this.folder.resolve("calls")).doesNotExist();
	}

	private String run(String... arguments) throws Exception {
		ProcessBuilder process = new ProcessBuilder(new ArrayList<>(List.of("bash", "release/install")))
			.directory(this.folder.toFile())
			.redirectErrorStream(true);
		process.command().addAll(List.of(arguments));
		process.environment().put("PATH", this.folder.resolve("bin") + ":/usr/bin:/bin");
		process.environment().put("HOME", this.folder.resolve("home").toString());
		process.environment().put("GOPATH", this.folder.resolve("go").toString());
		process.environment().put("JAVA_HOME", this.folder.resolve("jdk").toString());
		process.environment().put("PUNCTUAL_ARTIFACTS", "artifacts");
		Process started = process.start();
		String said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		started.waitFor();
		return said;
	}

	private List<String> calls() throws IOException {
		return Files.readAllLines(this.folder.resolve("calls"));
	}

	private void executable(String file, String script) throws IOException {
		write(file, "#!/usr/bin/env bash\n" + script);
		assertThat(this.folder.resolve(file).toFile().setExecutable(true)).isTrue();
	}

	private void write(String file, String text) throws IOException {
		Path path = this.folder.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, text);
	}

}
