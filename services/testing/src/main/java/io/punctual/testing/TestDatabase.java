package io.punctual.testing;

import java.util.concurrent.atomic.AtomicInteger;

import io.punctual.testing.database.TestSchema;
import io.punctual.testing.database.TestServer;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * A fresh schema, with a user of its own, of the one database server of this JVM.
 */
public final class TestDatabase implements JdbcConnectionDetails, AutoCloseable {

	private static final AtomicInteger NUMBER = new AtomicInteger();

	private final TestServer server;

	private final TestSchema schema;

	private TestDatabase(TestServer server) {
		this.server = server;
		this.schema = server.createSchema("test_" + NUMBER.incrementAndGet());
	}

	/**
	 * Creates an empty schema; the server is started if it does not run yet.
	 * @return to be closed, which drops the schema
	 */
	public static TestDatabase create() {
		return on(TestServer.shared());
	}

	/**
	 * Creates an empty schema on a server of the test's own.
	 * @param server where
	 * @return to be closed, which drops the schema
	 */
	public static TestDatabase on(TestServer server) {
		return new TestDatabase(server);
	}

	/** How Spring Boot is told of a schema and a user. */
	static JdbcConnectionDetails details(TestSchema schema) {
		return new JdbcConnectionDetails() {

			@Override
			public String getJdbcUrl() {
				return schema.jdbcUrl();
			}

			@Override
			public String getUsername() {
				return schema.user();
			}

			@Override
			public String getPassword() {
				return schema.password();
			}

		};
	}

	@Override
	public String getJdbcUrl() {
		return this.schema.jdbcUrl();
	}

	@Override
	public String getUsername() {
		return this.schema.user();
	}

	@Override
	public String getPassword() {
		return this.schema.password();
	}

	public String schema() {
		return this.schema.schema();
	}

	@Override
	public void close() {
		this.server.dropSchema(this.schema.schema());
	}

}
