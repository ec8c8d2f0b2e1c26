package io.punctual.local.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs the system in containers, and the demo on it.
 */
final class ComposeCommand {

	private final Options options;

	private final ComposeSecrets secrets;

	private final ComposeSystem system;

	private final Consumer<String> say;

	ComposeCommand(Path root, Options options, Consumer<String> say) {
		this.options = options;
		this.secrets = ComposeSecrets.readOrMake(root);
		this.system = new ComposeSystem(root, "punctual", Map.of());
		this.say = say;
	}

	int run() throws IOException {
		this.system.requireImages();
		if (this.options.reset()) {
			this.system.down(true);
		}
		boolean running = this.system.isUp();
		this.system.up();
		this.say.accept("all containers are ready");
		if (!this.options.demo()) {
			System.out.println(guide());
			return 0;
		}
		int status = new DemoCommand(this.options, this.system.edge(), this.system.issuer() + "/oauth2/token",
				this.secrets.provider(), this.system.receivers(), this.system.mails(), this.system::kill)
			.run();
		if (!running && !this.options.keep()) {
			this.system.down(false);
			this.say.accept("stopped; the data stays (docker compose down --volumes deletes it)");
		}
		return status;
	}

	private String guide() {
		return """

				Punctual runs in containers.
				  API        %s/v1 (the edge)
				  identity   %s (the client 'provider'; its secret is in %s)
				  mail       %s/mails (caught: nothing leaves this host)
				  see        docker compose ps, docker compose logs --follow
				  stop       docker compose down (--volumes deletes the data)
				""".formatted(this.system.edge(), this.system.issuer(),
				this.secrets.folder().resolve("identity/punctual.identity.bootstrap.provider.client-secret"),
				this.system.mails());
	}

}
