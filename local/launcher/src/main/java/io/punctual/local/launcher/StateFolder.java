package io.punctual.local.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The folder {@code .punctual}: everything that outlives a run. Git ignores it.
 */
final class StateFolder {

	private final Path root;

	private @Nullable FileLock lock;

	StateFolder(Path root) {
		this.root = root.toAbsolutePath().normalize();
		try {
			Files.createDirectories(this.root, attributes("rwx------"));
			Files.createDirectories(logs());
		}
		catch (IOException ex) {
			throw new LauncherException("The folder " + this.root + " cannot be made: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Claims the folder for this process, until it ends.
	 * @return false if another one has it
	 */
	boolean claim() {
		try {
			FileChannel channel = FileChannel.open(this.root.resolve("lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			this.lock = channel.tryLock();
			return this.lock != null;
		}
		catch (IOException ex) {
			throw new LauncherException("The folder " + this.root + " cannot be locked: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Deletes all data and secrets; the lock and what was built stay.
	 */
	void reset() {
		for (String name : List.of("database", "logs", "secrets.properties", "secrets.key", "identity-key.json")) {
			deleteTree(this.root.resolve(name));
		}
		try {
			Files.createDirectories(logs());
		}
		catch (IOException ex) {
			throw new LauncherException("The folder " + logs() + " cannot be made", ex);
		}
	}

	static void deleteTree(Path folder) {
		if (!Files.exists(folder)) {
			return;
		}
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
		catch (IOException ex) {
			throw new LauncherException("The folder " + folder + " cannot be deleted: " + ex.getMessage(), ex);
		}
	}

	void writePrivate(Path file, String text) throws IOException {
		Files.deleteIfExists(file);
		Files.createFile(file, attributes("rw-------"));
		Files.writeString(file, text);
	}

	private static FileAttribute<?>[] attributes(String permissions) {
		if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
			return new FileAttribute<?>[0];
		}
		return new FileAttribute<?>[] {
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) };
	}

	Path database() {
		return this.root.resolve("database");
	}

	Path logs() {
		return this.root.resolve("logs");
	}

	Path built() {
		return this.root.resolve("built");
	}

	Path secrets() {
		return this.root.resolve("secrets.properties");
	}

	Path secretKeys() {
		return this.root.resolve("secrets.key");
	}

	Path identityKey() {
		return this.root.resolve("identity-key.json");
	}

}
