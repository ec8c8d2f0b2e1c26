package io.punctual.testing;

import java.util.concurrent.atomic.AtomicInteger;

import io.punctual.local.database.DatabaseOptions;
import io.punctual.local.database.EmbeddedDatabase;
import io.punctual.local.database.SchemaAccount;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * A fresh schema, with a user of its own, of the one embedded database of this JVM.
 */
public final class TestDatabase implements JdbcConnectionDetails, AutoCloseable {

	private static final AtomicInteger NUMBER = new AtomicInteger();

	private final SchemaAccount account;

	private TestDatabase(SchemaAccount account) {
		this.account = account;
	}

	/**
	 * Creates an empty schema; the database is started if it does not run yet.
	 * @return to be closed, which drops the schema
	 */
	public static TestDatabase create() {
		return new TestDatabase(Server.RUNNING.createSchema("test_" + NUMBER.incrementAndGet()));
	}

	@Override
	public String getJdbcUrl() {
		return Server.RUNNING.jdbcUrl(this.account.schema());
	}

	@Override
	public String getUsername() {
		return this.account.user();
	}

	@Override
	public String getPassword() {
		return this.account.password();
	}

	@Override
	public void close() {
		Server.RUNNING.dropSchema(this.account.schema());
	}

	/**
	 * The database, started when it is needed first; it ends with the JVM.
	 */
	private static final class Server {

		private static final EmbeddedDatabase RUNNING = EmbeddedDatabase.start(DatabaseOptions.temporary());

	}

}
