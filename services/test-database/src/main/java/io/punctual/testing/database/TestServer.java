package io.punctual.testing.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database server that tests make schemas on. The system property
 * {@code punctual.test.database} says which: {@code embedded} (the default),
 * {@code mysql}, which needs Docker, or {@code auto}: MySQL where Docker is there.
 */
public abstract class TestServer implements AutoCloseable {

	static final String CHOICE = "punctual.test.database";

	private static final int PATIENCE_SECONDS = 60;

	private static final Logger logger = LoggerFactory.getLogger(TestServer.class);

	/**
	 * Returns the server that the tests of this JVM share; it is started when it is
	 * needed first and ends with the JVM. A commit does not wait for a disk.
	 */
	public static TestServer shared() {
		return Shared.SERVER;
	}

	/**
	 * Starts a server of the same kind for one test alone, that may be stopped and
	 * started again.
	 * @return to be closed
	 */
	public static TestServer start() {
		return announced(isMySql() ? MySqlServer.inMemory() : EmbeddedServer.onDisk());
	}

	/**
	 * Starts a server of the same kind whose commits are on the disk when they return.
	 * @return to be closed
	 */
	public static TestServer durable() {
		return announced(isMySql() ? MySqlServer.onDisk() : EmbeddedServer.onDisk());
	}

	/** Whether the tests of this JVM run on MySQL. */
	public static boolean isMySql() {
		return Shared.MYSQL;
	}

	private static TestServer announced(TestServer server) {
		logger.info("These tests run on {}", server.version());
		return server;
	}

	/**
	 * Creates an empty schema with a user that may do everything in it, and nothing else.
	 * @param name the schema's name, a letter and then letters, digits and underscores
	 */
	public abstract TestSchema createSchema(String name);

	/** Drops a schema and its user; nothing happens if there is none. */
	public abstract void dropSchema(String name);

	/**
	 * Returns the account that may create schemas and users, as an operator has.
	 * @param schema the schema to connect to; it need not exist
	 */
	public abstract TestSchema administrator(String schema);

	/** Makes the server go away, its data staying; connections break. */
	public abstract void interrupt();

	/** Brings the server back, on the same port. */
	public abstract void resume();

	@Override
	public abstract void close();

	/** The server's own word for what it is. */
	public String version() {
		try (Connection connection = administrator("mysql").connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT VERSION(), @@version_comment")) {
			row.next();
			return (row.getString(1).contains("MariaDB") ? "embedded " : "MySQL ") + row.getString(1) + " ("
					+ row.getString(2) + ")";
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static void execute(TestSchema administrator, List<String> statements) {
		try (Connection connection = administrator.connect(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static Connection connect(TestSchema schema) throws SQLException {
		// A service's pool has said to the whole JVM how long its own callers wait.
		DriverManager.setLoginTimeout(PATIENCE_SECONDS);
		return DriverManager.getConnection(schema.jdbcUrl(), schema.user(), schema.password());
	}

	/**
	 * Started when it is needed first.
	 */
	private static final class Shared {

		private static final boolean MYSQL = MySqlServer.isWanted(System.getProperty(CHOICE, "embedded"));

		private static final TestServer SERVER = announced(MYSQL ? MySqlServer.inMemory() : EmbeddedServer.inMemory());

	}

}
