package io.punctual.release.tool.buildspec;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.punctual.release.tool.Documents;
import io.punctual.release.tool.ReleaseException;
import io.punctual.release.tool.buildspec.Buildspec.Phase;

/**
 * Runs a buildspec's phases as CodeBuild does: all commands in one shell, a phase ends at
 * its first failing command, post_build runs after a build that failed; then collects
 * what it exports and leaves.
 */
final class Rehearsal {

	private final Buildspec buildspec;

	private final Path root;

	private final Path work;

	Rehearsal(Buildspec buildspec, Path root, Path work) {
		this.buildspec = buildspec;
		this.root = root.toAbsolutePath().normalize();
		this.work = work.toAbsolutePath().normalize();
	}

	Result run() throws InterruptedException {
		Path script = this.work.resolve("phases.sh");
		Path times = this.work.resolve("times");
		Path exported = this.work.resolve("exported");
		Documents.write(times, "");
		Documents.write(exported, "");
		Documents.write(script, script(times, exported));
		int status = execute(script);
		Map<String, Duration> took = new LinkedHashMap<>();
		List<String> failed = new ArrayList<>();
		Documents.text(times).lines().map((line) -> line.split(" ")).forEach((line) -> {
			took.put(line[0], Duration.ofMillis(Long.parseLong(line[1])));
			if (!line[2].equals("0")) {
				failed.add(line[0]);
			}
		});
		Map<String, String> variables = new LinkedHashMap<>();
		Documents.text(exported)
			.lines()
			.map((line) -> line.split("=", 2))
			.forEach((line) -> variables.put(line[0], line[1]));
		return new Result(status == 0 && failed.isEmpty(), took, failed, variables,
				(status == 0 && failed.isEmpty()) ? missing() : List.of());
	}

	private String script(Path times, Path exported) {
		StringBuilder script = new StringBuilder("cd " + quoted(this.root) + "\n");
		this.buildspec.variables()
			.forEach((name, value) -> script.append("export %s=\"${%s-%s}\"\n".formatted(name, name, value)));
		script.append("export CODEBUILD_BUILD_SUCCEEDING=1\nnow() { date +%s%3N; }\n");
		for (Phase phase : this.buildspec.phases()) {
			String commands = String.join(" &&\n", phase.commands().stream().map((it) -> "{ " + it + "\n}").toList());
			script.append("""
					if [ $CODEBUILD_BUILD_SUCCEEDING = 1 ] || [ "${goes_on:-}" = 1 ]; then
					echo "--- %1$s"
					began=$(now)
					%2$s
					status=$?
					%3$s
					echo "%1$s $(( $(now) - began )) $status" >> %4$s
					goes_on=
					if [ $status != 0 ]; then
					export CODEBUILD_BUILD_SUCCEEDING=0
					goes_on=%5$s
					fi
					fi
					""".formatted(phase.name(), commands, String.join("\n", phase.last()), quoted(times),
					(phase.name().equals("build") && !phase.aborts()) ? "1" : ""));
		}
		this.buildspec.exported()
			.forEach((name) -> script.append("echo \"%s=${%s-}\" >> %s\n".formatted(name, name, quoted(exported))));
		return script.append("[ $CODEBUILD_BUILD_SUCCEEDING = 1 ]\n").toString();
	}

	private int execute(Path script) throws InterruptedException {
		try {
			return new ProcessBuilder("bash", script.toString()).inheritIO().start().waitFor();
		}
		catch (IOException ex) {
			throw new ReleaseException("bash cannot be started", ex);
		}
	}

	/**
	 * Artifacts and reports that match no file, which fails an upload.
	 */
	private List<String> missing() {
		List<String> missing = new ArrayList<>();
		this.buildspec.artifacts().forEach((name, artifact) -> artifact.files().patterns().forEach((pattern) -> {
			if (!matches(this.root.resolve(artifact.files().base()), pattern)) {
				missing.add(name + ": " + pattern);
			}
		}));
		return missing;
	}

	static boolean matches(Path base, String pattern) {
		// CodeBuild's "**/*" matches files in the folder itself, too.
		PathMatcher matcher = FileSystems.getDefault()
			.getPathMatcher("glob:{" + pattern + "," + pattern.replace("**/", "") + "}");
		if (!Files.isDirectory(base)) {
			return false;
		}
		try (Stream<Path> files = Files.walk(base)) {
			return files.filter(Files::isRegularFile).anyMatch((file) -> matcher.matches(base.relativize(file)));
		}
		catch (IOException ex) {
			throw new ReleaseException("cannot list " + base, ex);
		}
	}

	private static String quoted(Path path) {
		return "'" + path.toString().replace("'", "'\\''") + "'";
	}

	/**
	 * How it went.
	 *
	 * @param succeeded whether every phase did
	 * @param took how long each phase took
	 * @param failed the phases that did not succeed
	 * @param exported variables for later stages
	 * @param missing artifacts that are not there
	 */
	record Result(boolean succeeded, Map<String, Duration> took, List<String> failed, Map<String, String> exported,
			List<String> missing) {
	}

}
