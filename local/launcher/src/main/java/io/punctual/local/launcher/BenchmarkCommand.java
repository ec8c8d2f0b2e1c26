package io.punctual.local.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

import io.punctual.local.launcher.api.Api;
import io.punctual.local.launcher.benchmark.Benchmark;

/**
 * Starts a system of its own, with data of its own, and measures it.
 */
record BenchmarkCommand(Path root, Consumer<String> say) {

	int run() throws IOException, InterruptedException {
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
					edge.at("http://localhost:" + Parts.port("notices")), system::cpu)
				.run();
		}
		return 0;
	}

}
