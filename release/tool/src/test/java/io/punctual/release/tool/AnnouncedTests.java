package io.punctual.release.tool;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A version is announced once, and not before it is live: {@code release/announce}, by
 * what the build has left.
 */
@DisabledOnOs(OS.WINDOWS)
class AnnouncedTests {

	private static final String COMMIT = "1".repeat(40);

	@TempDir
	Path folder;

	private Workplace stage;

	@BeforeEach
	void artifact() throws IOException {
		this.stage = new Workplace(this.folder, "lib.sh", "announce", "done");
		this.stage.standsInForAws();
		this.stage.jdk("echo \"java $*\" >> calls\n");
		this.stage.write("release/tool/target/release-tool-1.0.0-SNAPSHOT.jar", "");
		this.stage.write("target/release/commit", COMMIT);
		this.stage.write("target/release/version-tag", "v1.2.0\n");
		this.stage.write("target/release/version-text", "What is new\n");
		this.stage.write("target/release/version-commit", COMMIT + "\n");
		this.stage.write("aws/ssm/punctual/release/component", "cmp_1");
		this.stage.set("PUNCTUAL_API", "https://api.example");
		this.stage.set("PUNCTUAL_CLIENT_SECRET", "secret");
	}

	@Test
	void aVersionIsAnnouncedOnceAsSoonAsItsCommitIsLive() throws Exception {
		this.stage.write("target/release/deploy.digest", COMMIT);
		assertThat(this.stage.run("release/done", "deploy").status()).isZero();
		assertThat(this.stage.run("release/announce").status()).isZero();
		assertThat(this.stage.run("release/announce").said()).contains("v1.2.0 has been announced");
		assertThat(this.stage.calls()).singleElement().asString().contains("announce --tag v1.2.0 --text What is new");
	}

	/**
	 * The run that was to bring it there has failed, or somebody has gone back since.
	 */
	@Test
	void nothingIsAnnouncedThatIsNotLive() throws Exception {
		for (String live : new String[] { "2".repeat(40), "delivery by hand" }) {
			this.stage.write("aws/ssm/punctual/release/done/deploy", live);
			Workplace.Run announcing = this.stage.run("release/announce");
			assertThat(announcing.status()).isNotZero();
			assertThat(announcing.said()).contains("v1.2.0 is not announced", COMMIT, "Start the pipeline again");
		}
		assertThat(this.stage.file("calls")).doesNotExist();
	}

	/** What is live, or will be, has it behind it. */
	@Test
	void aVersionThatOthersHaveFollowedIsAnnouncedWhateverIsLive() throws Exception {
		this.stage.write("target/release/version-commit", "");
		this.stage.write("aws/ssm/punctual/release/done/deploy", "2".repeat(40));
		assertThat(this.stage.run("release/announce").status()).isZero();
		assertThat(this.stage.calls()).hasSize(1);
	}

}
