package io.punctual.release.tool.buildspec;

import java.nio.file.Path;
import java.time.Duration;

import io.punctual.release.tool.Command;
import io.punctual.release.tool.Options;

/**
 * Runs {@code buildspec.yml} here and prints how long each phase took.
 */
public final class RehearseCommand implements Command {

	@Override
	public boolean run(Options options) throws InterruptedException {
		Path root = options.path("root", ".");
		Buildspec buildspec = Buildspec.read(root.resolve(options.path("file", "buildspec.yml")));
		Rehearsal.Result result = new Rehearsal(buildspec, root, options.path("work")).run();
		System.out.println("--- how long it took");
		Duration all = Duration.ZERO;
		for (var phase : result.took().entrySet()) {
			System.out.printf("%-12s %7.1f s%s%n", phase.getKey(), phase.getValue().toMillis() / 1000.0,
					result.failed().contains(phase.getKey()) ? "  FAILED" : "");
			all = all.plus(phase.getValue());
		}
		System.out.printf("%-12s %7.1f s%n", "all", all.toMillis() / 1000.0);
		result.exported().forEach((name, value) -> System.out.println(name + "=" + value));
		result.missing().forEach((missing) -> System.out.println("no file for the artifact " + missing));
		return result.succeeded() && result.missing().isEmpty();
	}

}
