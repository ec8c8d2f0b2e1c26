package io.punctual.local.launcher;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

import io.punctual.local.launcher.demo.Demo;

/**
 * Runs the demo against a system that runs.
 */
record DemoCommand(Options options, Secrets secrets, Consumer<String> kill) {

	int run() throws IOException {
		String kill = this.options.kill();
		List<String> kills = (kill == null) ? List.of() : kill.equals("each") ? Parts.SERVICES : List.of(kill);
		Demo demo = new Demo("http://localhost:" + Parts.EDGE_PORT, Parts.issuer() + "/oauth2/token",
				this.secrets.provider(), this.options.incident(), kills, this.kill);
		return demo.run() ? 0 : 2;
	}

}
