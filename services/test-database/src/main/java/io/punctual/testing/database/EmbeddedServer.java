package io.punctual.testing.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.punctual.local.database.DatabaseOptions;
import io.punctual.local.database.EmbeddedDatabase;
import io.punctual.local.database.SchemaAccount;

/**
 * The embedded database: nothing has to be installed for it.
 */
final class EmbeddedServer extends TestServer {

	private final Map<String, SchemaAccount> accounts = new ConcurrentHashMap<>();

	private DatabaseOptions options;

	private EmbeddedDatabase database;

	private EmbeddedServer(DatabaseOptions options) {
		this.options = options;
		this.database = EmbeddedDatabase.start(options);
	}

	static EmbeddedServer inMemory() {
		return new EmbeddedServer(DatabaseOptions.temporary());
	}

	static EmbeddedServer onDisk() {
		try {
			Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
			return new EmbeddedServer(DatabaseOptions.persistent(Files.createTempDirectory(target, "database")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public TestSchema createSchema(String name) {
		SchemaAccount account = this.database.createSchema(name);
		this.accounts.put(name, account);
		return schema(account, name);
	}

	@Override
	public void dropSchema(String name) {
		this.accounts.remove(name);
		this.database.dropSchema(name);
	}

	@Override
	public TestSchema administrator(String schema) {
		return schema(this.database.administrator(), schema);
	}

	private TestSchema schema(SchemaAccount account, String name) {
		return new TestSchema(name, this.database.jdbcUrl(name), account.user(), account.password());
	}

	@Override
	public void interrupt() {
		int port = this.database.port();
		this.database.stop();
		DatabaseOptions again = this.options.port(port);
		for (SchemaAccount account : this.accounts.values()) {
			again = again.schema(account);
		}
		this.options = again;
	}

	@Override
	public void resume() {
		this.database = EmbeddedDatabase.start(this.options);
	}

	@Override
	public void close() {
		this.database.stop();
		Path folder = this.options.folder();
		if (folder != null) {
			delete(folder);
		}
	}

	private static void delete(Path folder) {
		try (Stream<Path> all = Files.walk(folder)) {
			for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(one);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
