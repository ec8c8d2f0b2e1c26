package io.punctual.local.launcher;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

import io.punctual.local.launcher.demo.Demo;
import io.punctual.local.launcher.demo.ReceiverHost;

/**
 * Runs the demo against a system that runs.
 *
 * @param options what the command line asks for
 * @param edge where the API is
 * @param tokenUri where tokens are
 * @param secret the secret of the OAuth client {@code provider}
 * @param receivers where the demo's receivers are to be
 * @param mails where mail is caught
 * @param kill kills a service
 */
record DemoCommand(Options options, String edge, String tokenUri, String secret, ReceiverHost receivers, String mails,
		Consumer<String> kill) {

	static DemoCommand onThisHost(Options options, Secrets secrets, Consumer<String> kill) {
		return new DemoCommand(options, "http://localhost:" + Parts.EDGE_PORT, Parts.issuer() + "/oauth2/token",
				secrets.provider(), ReceiverHost.loopback(), "http://localhost:" + MailCatcher.PORT, kill);
	}

	int run() throws IOException {
		String kill = this.options.kill();
		List<String> kills = (kill == null) ? List.of() : kill.equals("each") ? Parts.SERVICES : List.of(kill);
		Demo demo = new Demo(this.edge, this.tokenUri, this.secret, this.receivers, this.mails, this.options.incident(),
				kills, this.kill);
		return demo.run() ? 0 : 2;
	}

}
