package io.punctual.local.launcher;

import java.util.function.Consumer;

/**
 * Runs the demo against a system that runs.
 */
record DemoCommand(Options options, Secrets secrets, Consumer<String> kill) {

	int run() {
		return 0;
	}

}
