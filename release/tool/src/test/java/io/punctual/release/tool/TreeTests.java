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
 * What of a pull request is tested, and by which tree: {@code release/tree}.
 */
@DisabledOnOs(OS.WINDOWS)
class TreeTests {

	@TempDir
	Path folder;

	private Path clone;

	@BeforeEach
	void cloneOfARepositoryWithABranch() throws Exception {
		git(this.folder, "init", "--quiet", "--bare", "--initial-branch=main", "origin.git");
		this.clone = this.folder.resolve("clone");
		git(this.folder, "clone", "--quiet", "origin.git", "clone");
		commit("file", "main");
		git(this.clone, "push", "--quiet", "origin", "HEAD:main");
		git(this.clone, "checkout", "--quiet", "-b", "branch");
		commit("file", "changed");
	}

	@Test
	void handsOverTheCommitAndTheIdOfItsTree() throws Exception {
		git(this.clone, "push", "--quiet", "origin", "branch");
		Run run = tree();
		assertThat(run.status()).as(run.output()).isZero();
		assertThat(handed("tree")).isEqualTo(git(this.clone, "rev-parse", "HEAD^{tree}")).hasSize(40);
		assertThat(handed("commit")).isEqualTo(git(this.clone, "rev-parse", "HEAD"));
		git(this.folder, "clone", "--quiet", "clone/.git/handover/source.bundle", "source");
		assertThat(git(this.folder.resolve("source"), "rev-parse", "HEAD^{tree}")).isEqualTo(handed("tree"));
		assertThat(this.folder.resolve("source/file")).hasContent("changed");
	}

	/**
	 * As somebody brings it who may not push to the repository.
	 */
	@Test
	void takesNoCommitThatIsOnNoBranchOfTheRepository() throws Exception {
		Run run = tree();
		assertThat(run.status()).isNotZero();
		assertThat(run.output()).contains("on no branch of this repository");
		assertThat(this.clone.resolve(".git/handover/source.bundle")).doesNotExist();
		assertThat(this.clone.resolve(".git/handover/tree")).doesNotExist();
	}

	@Test
	void isNotMisledByWhatTheCommitBrings() throws Exception {
		Path victim = Files.writeString(this.folder.resolve("victim"), "as it was");
		Files.createSymbolicLink(this.clone.resolve("tree"), victim);
		Files.createSymbolicLink(this.clone.resolve("commit"), victim);
		commit("git", "#!/bin/sh\ntouch '" + this.folder + "/run'");
		assertThat(this.clone.resolve("git").toFile().setExecutable(true)).isTrue();
		git(this.clone, "push", "--quiet", "origin", "branch");
		assertThat(tree().status()).isZero();
		assertThat(victim).hasContent("as it was");
		assertThat(this.folder.resolve("run")).doesNotExist();
	}

	private void commit(String file, String text) throws Exception {
		Files.writeString(this.clone.resolve(file), text);
		git(this.clone, "add", "--all");
		git(this.clone, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", file);
	}

	private String handed(String file) throws IOException {
		return Files.readString(this.clone.resolve(".git/handover").resolve(file)).strip();
	}

	private Run tree() throws Exception {
		return run(this.clone, List.of("bash", Repository.file("release/tree").toAbsolutePath().toString()));
	}

	private static String git(Path where, String... arguments) throws Exception {
		List<String> command = new ArrayList<>(List.of("git"));
		command.addAll(List.of(arguments));
		Run run = run(where, command);
		assertThat(run.status()).as(run.output()).isZero();
		return run.output().strip();
	}

	private static Run run(Path where, List<String> command) throws Exception {
		Process process = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Run(process.waitFor(), output);
	}

	private record Run(int status, String output) {
	}

}
