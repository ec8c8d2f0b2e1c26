package io.punctual.release.tool;

import java.nio.file.Path;

/**
 * Where the repository's files are for a test of this module.
 */
public final class Repository {

	public static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

	private Repository() {
	}

	public static Path file(String path) {
		return ROOT.resolve(path);
	}

}
