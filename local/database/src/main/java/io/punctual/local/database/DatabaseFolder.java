package io.punctual.local.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where one database keeps its files.
 */
record DatabaseFolder(Path root, boolean isTemporary) {

	static DatabaseFolder open(DatabaseOptions options) {
		try {
			Path folder = options.folder();
			if (folder == null) {
				return new DatabaseFolder(Files.createTempDirectory("punctual-database-"), true);
			}
			OwnerOnly.createFolder(folder);
			return new DatabaseFolder(folder, false);
		}
		catch (IOException ex) {
			throw new DatabaseException("The database's folder cannot be made: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Fills the data folder if this is its first use. A copy that was interrupted is
	 * begun anew: it is renamed only when it is whole.
	 */
	void prepare(Distribution distribution) throws IOException {
		Files.createDirectories(temporary());
		if (!Files.exists(data())) {
			Path partial = this.root.resolve("data.partial");
			Distribution.deleteTree(partial);
			distribution.copyEmptyDataTo(partial);
			Files.move(partial, data());
		}
	}

	Path data() {
		return this.root.resolve("data");
	}

	Path temporary() {
		return this.root.resolve("tmp");
	}

	Path log() {
		return this.root.resolve("database.log");
	}

	Path pidFile() {
		return this.root.resolve("database.pid");
	}

	Path initFile() {
		return this.root.resolve("init.sql");
	}

	/**
	 * A socket's path may have 107 characters at most, which a deep folder exceeds.
	 */
	Path socket() {
		Path beside = this.root.resolve("database.sock");
		if (beside.toString().length() < 100) {
			return beside;
		}
		return Path.of(System.getProperty("java.io.tmpdir"),
				"punctual-" + Integer.toHexString(this.root.hashCode()) + ".sock");
	}

	void discardIfTemporary() {
		if (!this.isTemporary) {
			return;
		}
		try {
			Distribution.deleteTree(this.root);
		}
		catch (UncheckedIOException ex) {
			// It lies in the temporary folder, which the system empties.
		}
	}

}
