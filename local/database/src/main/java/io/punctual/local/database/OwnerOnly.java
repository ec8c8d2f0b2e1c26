package io.punctual.local.database;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files and folders that nobody but their owner can read, where the system knows such.
 */
final class OwnerOnly {

	private OwnerOnly() {
	}

	static void create(Path file) throws IOException {
		Files.createFile(file, attributes("rw-------"));
	}

	static void createFolder(Path folder) throws IOException {
		Files.createDirectories(folder, attributes("rwx------"));
	}

	private static FileAttribute<?>[] attributes(String permissions) {
		if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
			return new FileAttribute<?>[0];
		}
		return new FileAttribute<?>[] {
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) };
	}

}
