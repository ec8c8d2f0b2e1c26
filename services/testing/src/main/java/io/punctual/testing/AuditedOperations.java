package io.punctual.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The changing operations that the module's tests did and found in the audit, in
 * {@code target/audited-operations.txt}: the system's tests look there whether one is
 * left that no test does. A run of single tests is left out, since it says nothing of the
 * others.
 */
final class AuditedOperations {

	private static final Path FOLDER = Path.of("target");

	private static final Path FILE = FOLDER.resolve("audited-operations.txt");

	private static final Set<String> DONE = ConcurrentHashMap.newKeySet();

	private AuditedOperations() {
	}

	static void add(Operation operation) {
		boolean whole = System.getProperty("test") == null;
		if (whole && Files.isDirectory(FOLDER) && DONE.add(operation.toString())) {
			try {
				Files.writeString(FILE, operation + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

}
