package io.punctual.local.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

import io.punctual.local.launcher.api.Api;
import io.punctual.local.launcher.benchmark.Benchmark;
import io.punctual.local.launcher.benchmark.Plan;

/**
 * Starts a system of its own, with data of its own, and measures it.
 */
record BenchmarkCommand(Path root, Consumer<String> say) {

	static final String NAME = "benchmark";

	/**
	 * Measures.
	 * @param args the command line, the command's name first
	 * @return the exit status
	 */
	int run(String... args) throws IOException, InterruptedException {
		Plan plan = plan(args);
		StateFolder folder = new StateFolder(this.root.resolve(".punctual").resolve("benchmark"));
		if (!folder.claim()) {
			throw new LauncherException("The benchmark runs already, from this folder.");
		}
		folder.reset();
		Secrets secrets = Secrets.readOrMake(folder);
		try (LocalSystem system = new LocalSystem(this.root, folder, secrets, Tuning.PEAK, this.say)) {
			Runtime.getRuntime().addShutdownHook(new Thread(system::close, "stop-everything"));
			system.start();
			Api edge = Api.signIn("http://localhost:" + Parts.EDGE_PORT, Parts.issuer() + "/oauth2/token", "provider",
					secrets.provider(), null);
			new Benchmark(edge.at("http://localhost:" + Parts.port("clients")),
					edge.at("http://localhost:" + Parts.port("notices")), system::cpu, this.say)
				.run(plan);
		}
		return 0;
	}

	static Plan plan(String... args) {
		Plan plan = Plan.standard();
		for (int i = 1; i < args.length; i++) {
			String value = args[i].substring(args[i].indexOf('=') + 1);
			try {
				plan = switch (args[i].contains("=") ? args[i].substring(0, args[i].indexOf('=')) : args[i]) {
					case "--figures" -> plan.figures(value);
					case "--warm-up" -> plan.warmUp(value);
					default -> throw new IllegalArgumentException("'" + args[i] + "' is unknown here.");
				};
			}
			catch (IllegalArgumentException ex) {
				throw new LauncherException(ex.getMessage() + "\n\n" + Plan.USAGE);
			}
		}
		return plan;
	}

}
