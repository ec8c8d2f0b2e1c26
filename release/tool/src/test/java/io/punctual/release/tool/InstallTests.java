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
 * A build's machine gets what it lacks: {@code release/install}, on one that is set up as
 * CodeBuild's images are.
 */
@DisabledOnOs(OS.WINDOWS)
class InstallTests {

	@TempDir
	Path folder;

	private Workplace machine;

	@BeforeEach
	void machine() throws IOException {
		this.machine = new Workplace(this.folder, "lib.sh", "install");
		this.machine.bare();
		this.machine.jdk("echo 'openjdk 25'");
		this.machine.command("bin/install", "cp \"${@: -2:1}\" bin/cosign");
		this.machine.command("bin/dnf", "echo \"dnf $*\" >> calls");
		// As Go does: into GOBIN, else below GOPATH.
		this.machine.command("bin/go", """
				echo "go $*" >> calls
				mkdir -p "${GOBIN:=$GOPATH/bin}"
				printf '#!/bin/sh\\necho GitVersion: v2\\n' > "$GOBIN/cosign" && chmod +x "$GOBIN/cosign"
				""");
		this.machine.command("bin/aws", """
				echo "aws $*" >> calls
				case "$1 $2" in
					's3 ls') [[ -f kept ]] ;;
					's3 cp') if [[ $3 == s3://* ]]; then cp kept "$4"; else cp "$3" kept; fi ;;
				esac
				""");
		this.machine.set("HOME", this.machine.file("home").toString());
		this.machine.set("GOPATH", this.machine.file("go").toString());
		this.machine.set("PUNCTUAL_ARTIFACTS", "artifacts");
	}

	@Test
	void theFirstBuildMakesTheSigningToolAndKeepsItForTheStages() throws Exception {
		assertThat(install()).contains("openjdk 25, cosign v2");
		assertThat(this.machine.calls())
			.anyMatch((call) -> call.startsWith("go install github.com/sigstore/cosign/v2/cmd/cosign@v"));
		assertThat(this.machine.file("home/go/bin/cosign")).as("what the build's cache keeps").isExecutable();
		assertThat(this.machine.file("kept")).as("what the stages fetch").exists();
	}

	@Test
	void aStageTakesWhatTheBuildHasKept() throws Exception {
		this.machine.write("kept", "#!/bin/sh\necho GitVersion: v2\n");
		assertThat(install()).contains("cosign v2");
		assertThat(this.machine.calls()).noneMatch((call) -> call.startsWith("go "));
		assertThat(this.machine.file("home/go/bin/cosign")).isExecutable();
	}

	@Test
	void whoSignsNothingNeedsTheJdkOnly() throws Exception {
		assertThat(install("jdk")).isEmpty();
		assertThat(this.machine.file("calls")).doesNotExist();
	}

	private String install(String... arguments) throws Exception {
		return this.machine
			.run(Stream.concat(Stream.of("bash", "release/install"), Stream.of(arguments)).toArray(String[]::new))
			.said();
	}

}
