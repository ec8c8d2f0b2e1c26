package io.punctual.local.database;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How an embedded database is to be started.
 *
 * @param folder where the data is kept between starts; null for a database that is thrown
 * away when it stops
 * @param port the port on 127.0.0.1; 0 for a free one
 * @param bufferPoolMegabytes InnoDB's memory for pages, in MiB
 * @param accounts the schemas that exist once it has started, each with its user
 */
public record DatabaseOptions(@Nullable Path folder, int port, int bufferPoolMegabytes, List<SchemaAccount> accounts) {

	private static final int BUFFER_POOL_MEGABYTES = 96;

	public DatabaseOptions {
		accounts = List.copyOf(accounts);
	}

	/**
	 * Returns options for a database on a free port whose data is thrown away. It does
	 * not wait for the disk at a commit: a test never survives a crash of the machine.
	 */
	public static DatabaseOptions temporary() {
		return new DatabaseOptions(null, 0, BUFFER_POOL_MEGABYTES, List.of());
	}

	/**
	 * Returns options for a database that keeps its data in the given folder, and whose
	 * commits are on the disk when they return.
	 */
	public static DatabaseOptions persistent(Path folder) {
		return new DatabaseOptions(folder.toAbsolutePath().normalize(), 0, BUFFER_POOL_MEGABYTES, List.of());
	}

	public DatabaseOptions port(int port) {
		return new DatabaseOptions(this.folder, port, this.bufferPoolMegabytes, this.accounts);
	}

	/**
	 * Gives it other memory than the little that a laptop has to spare.
	 * @param megabytes InnoDB's memory for pages, in MiB
	 */
	public DatabaseOptions bufferPool(int megabytes) {
		return new DatabaseOptions(this.folder, this.port, megabytes, this.accounts);
	}

	/** InnoDB's log, in MiB: what is too small makes it write pages all the time. */
	int logMegabytes() {
		return this.bufferPoolMegabytes / 2;
	}

	public DatabaseOptions schema(SchemaAccount account) {
		List<SchemaAccount> all = new ArrayList<>(this.accounts);
		all.add(account);
		return new DatabaseOptions(this.folder, this.port, this.bufferPoolMegabytes, all);
	}

	boolean isPersistent() {
		return this.folder != null;
	}

}
