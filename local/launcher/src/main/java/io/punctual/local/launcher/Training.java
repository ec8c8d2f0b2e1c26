package io.punctual.local.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Makes the caches of the parts' classes while the system idles, at the lowest priority:
 * each part is started up to the point where it would listen, and ends. The next start
 * takes about half the time; without a cache everything works, only slower.
 */
final class Training implements AutoCloseable {

	private static final int MINUTES = 5;

	private final List<Candidate> candidates = new ArrayList<>();

	private @Nullable Process process;

	private volatile boolean closed;

	void add(Part part, Unpacked unpacked, List<String> command) {
		if (!Files.exists(unpacked.cache())) {
			this.candidates.add(new Candidate(part, unpacked, command));
		}
	}

	void start() {
		Thread.ofPlatform().daemon().name("training").start(this::run);
	}

	private void run() {
		for (Candidate candidate : this.candidates) {
			try {
				if (this.closed || !train(candidate)) {
					return;
				}
			}
			catch (IOException ex) {
				return;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
		}
	}

	private boolean train(Candidate candidate) throws IOException, InterruptedException {
		Path cache = candidate.unpacked().cache();
		Path partial = cache.resolveSibling("classes.aot.partial");
		List<String> command = new ArrayList<>();
		if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
			command.addAll(List.of("nice", "-n", "19"));
		}
		command.add(candidate.command().getFirst());
		command.addAll(List.of("-XX:AOTCacheOutput=" + partial, "-Dspring.context.exit=onRefresh"));
		command.addAll(candidate.command().subList(1, candidate.command().size()));
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().putAll(candidate.part().environment());
		builder.redirectErrorStream(true);
		builder.redirectOutput(cache.resolveSibling("training.log").toFile());
		synchronized (this) {
			if (this.closed) {
				return false;
			}
			this.process = builder.start();
		}
		if (!this.process.waitFor(MINUTES, TimeUnit.MINUTES)) {
			this.process.destroyForcibly();
		}
		if (!this.closed && Files.exists(partial)) {
			Files.move(partial, cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		return !this.closed;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.process != null) {
			this.process.descendants().forEach(ProcessHandle::destroyForcibly);
			this.process.destroyForcibly();
		}
	}

	/**
	 * A part without a cache.
	 *
	 * @param part the part
	 * @param unpacked its jar
	 * @param command how it is started
	 */
	private record Candidate(Part part, Unpacked unpacked, List<String> command) {
	}

}
