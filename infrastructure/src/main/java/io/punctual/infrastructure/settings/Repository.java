package io.punctual.infrastructure.settings;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of the repository that stacks are made of.
 */
public final class Repository {

	private Repository() {
	}

	/**
	 * A file by its path from the root, whether we run there or in the module.
	 */
	public static Path file(String path) {
		for (String up : new String[] { "", ".." }) {
			Path file = Path.of(up).resolve(path);
			if (Files.exists(file)) {
				return file;
			}
		}
		throw new IllegalStateException(
				"%s is neither here nor one folder up (%s)".formatted(path, Path.of("").toAbsolutePath()));
	}

}
