package io.punctual.local.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Verifies statements by the service's own jar, which then needs neither its database nor
 * anything else that runs.
 */
record VerifyCommand(Path root) {

	static final String NAME = "verify-statement";

	int run(String... args) throws IOException, InterruptedException {
		return new ProcessBuilder(command(args)).inheritIO().start().waitFor();
	}

	List<String> command(String... args) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-jar", this.root.resolve("services/sla/target/sla-1.0.0-SNAPSHOT-app.jar").toString()));
		command.addAll(List.of(args));
		return command;
	}

}
