package io.punctual.local.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;

/**
 * A part's jar, taken apart once after each build: it starts in a fraction of the time,
 * and a cache of its classes can be made.
 *
 * @param jar the jar whose manifest names the libraries beside it
 * @param mainClass the part's own main class
 * @param cache where the cache of its classes is, or will be
 */
record Unpacked(Path jar, String mainClass, Path cache) {

	static Unpacked of(Part part, Path built, Path java) throws IOException, InterruptedException {
		Path folder = built.resolve(part.name());
		Path jar = folder.resolve(part.jar().getFileName().toString());
		FileTime time = Files.getLastModifiedTime(part.jar());
		if (!Files.exists(jar) || Files.getLastModifiedTime(jar).compareTo(time) != 0) {
			StateFolder.deleteTree(folder);
			Files.createDirectories(built);
			Process process = new ProcessBuilder(java.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
					"-Djarmode=tools", "-jar", part.jar().toString(), "extract", "--destination", folder.toString())
				.redirectErrorStream(true)
				.redirectOutput(built.resolve(part.name() + ".log").toFile())
				.start();
			if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
				process.destroy();
				throw new LauncherException(part.jar() + " could not be unpacked; see " + built);
			}
			Files.setLastModifiedTime(jar, time);
		}
		try (JarFile file = new JarFile(jar.toFile())) {
			String mainClass = file.getManifest().getMainAttributes().getValue("Main-Class");
			return new Unpacked(jar, mainClass, folder.resolve("classes.aot"));
		}
	}

}
