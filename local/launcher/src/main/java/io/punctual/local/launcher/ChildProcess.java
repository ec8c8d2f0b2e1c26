package io.punctual.local.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A part's process: started, and started again when it dies unasked.
 */
final class ChildProcess {

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

	private static final Duration STEADY = Duration.ofMinutes(1);

	private final Part part;

	private final List<String> command;

	private final Path log;

	private final Consumer<String> say;

	private @Nullable Process process;

	private boolean stopping;

	private Duration pause = FIRST_PAUSE;

	ChildProcess(Part part, List<String> command, Path log, Consumer<String> say) {
		this.part = part;
		this.command = command;
		this.log = log;
		this.say = say;
	}

	static List<String> command(Part part, Unpacked unpacked, Path java, Path launcherJar, Tuning tuning) {
		List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx" + tuning.heapMegabytes(part) + "m",
				"-Xss512k", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED",
				// JDK 25 before 25.0.5 keeps code for this one CPU in the cache and does
				// not check it.
				"-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTAdapterCaching"));
		command.addAll(tuning.flags());
		if (Files.exists(unpacked.cache())) {
			command.add("-XX:AOTCache=" + unpacked.cache());
			command.add("-Xlog:aot=off,cds=off");
		}
		command.addAll(List.of("-cp", unpacked.jar() + File.pathSeparator + launcherJar, ChildMain.class.getName(),
				unpacked.mainClass()));
		command.addAll(part.arguments());
		return command;
	}

	String name() {
		return this.part.name();
	}

	Part part() {
		return this.part;
	}

	synchronized void start() throws IOException {
		ProcessBuilder builder = new ProcessBuilder(this.command);
		builder.environment().putAll(this.part.environment());
		builder.redirectErrorStream(true);
		builder.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()));
		long start = System.nanoTime();
		Process started = builder.start();
		this.process = started;
		started.onExit().thenAccept((ended) -> onExit(ended.exitValue(), Duration.ofNanos(System.nanoTime() - start)));
	}

	private void onExit(int status, Duration life) {
		Duration wait;
		synchronized (this) {
			if (this.stopping) {
				return;
			}
			this.pause = (life.compareTo(STEADY) > 0) ? FIRST_PAUSE : this.pause;
			wait = this.pause;
			this.pause = (wait.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0) ? wait.multipliedBy(2) : LONGEST_PAUSE;
		}
		this.say.accept(this.part.name() + " ended unasked (status " + status + "; " + this.log
				+ " says why); it is started again in " + wait.toSeconds() + " s");
		Thread.ofVirtual().start(() -> startAgainAfter(wait));
	}

	private void startAgainAfter(Duration wait) {
		try {
			Thread.sleep(wait);
			synchronized (this) {
				if (!this.stopping) {
					start();
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			this.say.accept(this.part.name() + " could not be started again: " + ex.getMessage());
		}
	}

	synchronized long pid() {
		return (this.process != null) ? this.process.pid() : -1;
	}

	synchronized boolean isAlive() {
		return this.process != null && this.process.isAlive();
	}

	/**
	 * Ends the process as a crash would; it is started again.
	 */
	synchronized void kill() {
		if (this.process != null) {
			this.process.destroyForcibly();
		}
	}

	/**
	 * Asks the process to end; {@link #awaitEnd} waits for it.
	 */
	synchronized void stop() {
		this.stopping = true;
		if (this.process != null) {
			try {
				this.process.getOutputStream().close();
			}
			catch (IOException ex) {
				this.process.destroy();
			}
		}
	}

	void awaitEnd(Duration patience) throws InterruptedException {
		Process running = this.process;
		if (running != null && !running.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
			running.destroyForcibly();
		}
	}

}
