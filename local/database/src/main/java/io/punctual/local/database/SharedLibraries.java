package io.punctual.local.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The system's libraries that a program on Linux is linked with.
 */
final class SharedLibraries {

	/** Of the C library; without it, nobody can say. */
	private static final String LDD = "ldd";

	private SharedLibraries() {
	}

	/**
	 * Those that this system lacks.
	 * @param program a program of Linux
	 * @return their names, such as {@code libcrypt.so.1}; none where it cannot be found
	 * out
	 */
	static List<String> missing(Path program) {
		try {
			Process process = new ProcessBuilder(LDD, program.toString()).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			process.waitFor();
			return output.lines()
				.filter((line) -> line.endsWith("=> not found"))
				.map((line) -> line.strip().split(" ")[0])
				.toList();
		}
		catch (IOException ex) {
			return List.of();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return List.of();
		}
	}

}
