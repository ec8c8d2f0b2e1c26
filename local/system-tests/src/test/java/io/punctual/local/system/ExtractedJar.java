package io.punctual.local.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A module's executable jar with its libraries beside it, as in its image: it starts in
 * half the time that the same takes with all libraries inside.
 */
final class ExtractedJar {

	private static final Map<Path, Path> EXTRACTED = new ConcurrentHashMap<>();

	private ExtractedJar() {
	}

	/**
	 * Extracts the jar that this build has made, once for all processes of it.
	 * @param module the module's folder
	 * @return what {@code java -jar} takes
	 */
	static Path of(Path module) {
		return EXTRACTED.computeIfAbsent(module, ExtractedJar::extract);
	}

	private static Path extract(Path module) {
		String name = module.getFileName() + "-1.0.0-SNAPSHOT-app.jar";
		Path folder = Path.of("target", "extracted", String.valueOf(module.getFileName())).toAbsolutePath();
		try {
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djarmode=tools", "-jar",
					module.resolve("target").resolve(name).toString(), "extract", "--force", "--destination",
					folder.toString())
				.redirectErrorStream(true)
				.start();
			String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			Path jar = folder.resolve(name);
			if (process.waitFor() != 0 || !Files.exists(jar)) {
				throw new IllegalStateException(name + " was not extracted:\n" + said);
			}
			return jar;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

}
