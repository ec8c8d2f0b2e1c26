package io.punctual.local.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

import io.punctual.local.database.DatabaseException;

/**
 * Starts the whole system with one command, and the demo on it.
 */
public final class Launcher {

	private final Options options;

	private final Path root = Path.of("").toAbsolutePath();

	private final Instant begun = Instant.now();

	private Launcher(Options options) {
		this.options = options;
	}

	public static void main(String[] args) throws Exception {
		try {
			if (args.length > 0 && args[0].equals(VerifyCommand.NAME)) {
				System.exit(new VerifyCommand(Path.of("").toAbsolutePath()).run(args));
			}
			if (args.length > 0 && args[0].equals(BenchmarkCommand.NAME)) {
				Launcher launcher = new Launcher(Options.parse());
				System.exit(new BenchmarkCommand(launcher.root, launcher::say).run(args));
			}
			Options options = Options.parse(args);
			if (options.help()) {
				System.out.print(Options.USAGE);
				return;
			}
			System.exit(new Launcher(options).run());
		}
		catch (LauncherException | DatabaseException ex) {
			System.err.println(ex.getMessage());
			System.exit(1);
		}
	}

	private int run() throws Exception {
		if (this.options.compose()) {
			return new ComposeCommand(this.root, this.options, this::say).run();
		}
		StateFolder folder = new StateFolder(this.root.resolve(".punctual"));
		if (!folder.claim()) {
			return onRunningSystem(folder);
		}
		if (this.options.reset()) {
			folder.reset();
		}
		Secrets secrets = Secrets.readOrMake(folder);
		try (LocalSystem system = new LocalSystem(this.root, folder, secrets, Tuning.LAPTOP, this::say)) {
			Runtime.getRuntime().addShutdownHook(new Thread(system::close, "stop-everything"));
			system.start();
			if (this.options.demo()) {
				say("ready");
				int status = DemoCommand.onThisHost(this.options, secrets, system::kill).run();
				if (!this.options.keep()) {
					return status;
				}
			}
			System.out.println(Guide.of(secrets, folder));
			system.train();
			new CountDownLatch(1).await();
			return 0;
		}
	}

	private int onRunningSystem(StateFolder folder) throws Exception {
		if (!this.options.demo() || this.options.reset()) {
			throw new LauncherException("Punctual is running already, from this folder. Stop that one first (Ctrl-C).");
		}
		System.out.println("Punctual is running already: the demo uses it, and leaves it running.");
		return DemoCommand.onThisHost(this.options, Secrets.readOrMake(folder), (name) -> {
			throw new LauncherException("--kill needs a system that the demo has started itself.");
		}).run();
	}

	private void say(String line) {
		double seconds = Duration.between(this.begun, Instant.now()).toMillis() / 1000.0;
		System.out.println(String.format(Locale.ROOT, "%6.1f s  %s", seconds, line));
	}

}
