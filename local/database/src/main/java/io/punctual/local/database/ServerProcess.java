package io.punctual.local.database;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The running server: a child that ends when this process ends, however it ends.
 */
final class ServerProcess {

	private static final Duration START = Duration.ofSeconds(60);

	private static final Duration STOP = Duration.ofSeconds(20);

	/**
	 * Keeps the server from outliving its parent. The shell holds our end of a pipe as
	 * its standard input; when that is closed, by us or because this process was killed,
	 * the server is told to end. Ctrl-C reaches the whole process group, and the database
	 * must end last: so it is ignored here.
	 */
	private static final String GUARD = """
			trap '' INT HUP
			variable=$1; libraries=$2; shift 2
			export "$variable=$libraries"
			exec 3<&0
			"$@" </dev/null 3<&- &
			server=$!
			( while read -r _ <&3; do :; done; kill "$server" 2>/dev/null ) &
			guard=$!
			wait "$server"
			status=$?
			kill "$guard" 2>/dev/null
			exit $status
			""";

	private final Process process;

	private final Path log;

	private ServerProcess(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	static ServerProcess start(Distribution distribution, List<String> arguments, Path log) throws IOException {
		List<String> command = new ArrayList<>();
		if (!Distribution.isWindows()) {
			command.addAll(List.of("/bin/sh", "-c", GUARD, "punctual-database", distribution.libraryVariable(),
					distribution.libraries()));
		}
		command.add(distribution.server());
		command.addAll(arguments);
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.directory(distribution.binaries().toFile());
		builder.redirectErrorStream(true);
		builder.redirectOutput(new File(log.toString()));
		Files.deleteIfExists(log);
		ServerProcess server = new ServerProcess(builder.start(), log);
		server.awaitReady();
		return server;
	}

	private void awaitReady() throws IOException {
		long end = System.nanoTime() + START.toNanos();
		try {
			while (!output().contains("ready for connections")) {
				if (this.process.waitFor(25, TimeUnit.MILLISECONDS)) {
					throw DatabaseException.didNotStart("it ended with status " + this.process.exitValue(),
							lastLines());
				}
				if (System.nanoTime() > end) {
					stop();
					throw DatabaseException.didNotStart("it was not ready after " + START.toSeconds() + " s",
							lastLines());
				}
			}
		}
		catch (InterruptedException ex) {
			stop();
			Thread.currentThread().interrupt();
			throw new DatabaseException("Interrupted while the database was starting", ex);
		}
	}

	private String output() throws IOException {
		return Files.exists(this.log) ? Files.readString(this.log, StandardCharsets.ISO_8859_1) : "";
	}

	private String lastLines() throws IOException {
		List<String> lines = output().lines().toList();
		return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	void onExit(Runnable action) {
		this.process.onExit().thenRun(action);
	}

	void stop() {
		try {
			if (Distribution.isWindows()) {
				this.process.destroy();
			}
			this.process.getOutputStream().close();
			if (!this.process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
				this.process.descendants().forEach(ProcessHandle::destroyForcibly);
				this.process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			this.process.destroy();
		}
		catch (InterruptedException ex) {
			this.process.destroy();
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Ends the server that an earlier process left behind. Its pid may belong to another
	 * program by now: only a process whose executable is the server's is ended.
	 */
	static void endLeftover(Path pidFile) throws IOException {
		if (!Files.exists(pidFile)) {
			return;
		}
		String text = Files.readString(pidFile, StandardCharsets.US_ASCII).strip();
		Optional<ProcessHandle> leftover = text.matches("[0-9]{1,9}") ? ProcessHandle.of(Long.parseLong(text))
				: Optional.empty();
		leftover.filter(ServerProcess::isServer).ifPresent(ServerProcess::end);
		Files.deleteIfExists(pidFile);
	}

	private static boolean isServer(ProcessHandle handle) {
		return handle.info().command().map((command) -> {
			Path name = Path.of(command).getFileName();
			return name != null && name.toString().startsWith("mariadbd");
		}).orElse(false);
	}

	private static void end(ProcessHandle handle) {
		handle.destroy();
		try {
			handle.onExit().get(STOP.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			handle.destroyForcibly();
			handle.onExit().join();
		}
	}

}
