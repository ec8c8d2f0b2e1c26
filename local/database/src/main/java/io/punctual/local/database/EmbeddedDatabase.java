package io.punctual.local.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A MariaDB server inside this process's lifetime, reachable on 127.0.0.1 only, which
 * behaves like the MySQL of production where the two can agree.
 */
public final class EmbeddedDatabase implements AutoCloseable {

	/**
	 * How a service connects: instants are UTC on both sides, batches travel as one
	 * packet, and Connector/J does not ask for views that MariaDB lacks.
	 */
	private static final String URL_OPTIONS = "?connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true"
			+ "&useInformationSchema=false&rewriteBatchedStatements=true&readOnlyPropagatesToServer=false&cachePrepStmts=true"
			+ "&useServerPrepStmts=false&connectTimeout=3000&socketTimeout=20000&sslMode=DISABLED";

	private static final String SQL_MODE = "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
			+ "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";

	private final DatabaseFolder folder;

	private final int port;

	private final SchemaAccount admin;

	private final Map<String, SchemaAccount> accounts;

	private final ServerProcess server;

	private final Thread atExit = new Thread(this::stop, "database-stop");

	private volatile boolean stopped;

	private EmbeddedDatabase(DatabaseFolder folder, int port, SchemaAccount admin, List<SchemaAccount> accounts,
			ServerProcess server) {
		this.folder = folder;
		this.port = port;
		this.admin = admin;
		this.accounts = new ConcurrentHashMap<>(
				accounts.stream().collect(Collectors.toMap(SchemaAccount::schema, (account) -> account)));
		this.server = server;
	}

	/**
	 * Starts the database and returns when it takes connections: 1 s, and some seconds
	 * more the first time ever, when its binaries are unpacked.
	 * @throws DatabaseException if it cannot, in words for the person at the terminal
	 */
	public static EmbeddedDatabase start(DatabaseOptions options) {
		Distribution distribution = Distribution.provide();
		DatabaseFolder folder = DatabaseFolder.open(options);
		try {
			ServerProcess.endLeftover(folder.pidFile());
			int port = choosePort(options.port());
			folder.prepare(distribution);
			SchemaAccount admin = new SchemaAccount("mysql", "punctual_admin", SchemaAccount.randomPassword());
			InitFile.write(folder.initFile(), admin, options.accounts());
			ServerProcess server = ServerProcess.start(distribution, arguments(options, folder, port), folder.log());
			EmbeddedDatabase database = new EmbeddedDatabase(folder, port, admin, options.accounts(), server);
			Runtime.getRuntime().addShutdownHook(database.atExit);
			return database;
		}
		catch (IOException ex) {
			folder.discardIfTemporary();
			throw new DatabaseException("The database cannot use " + folder.root() + ": " + ex.getMessage(), ex);
		}
		catch (DatabaseException ex) {
			folder.discardIfTemporary();
			throw ex;
		}
	}

	private static List<String> arguments(DatabaseOptions options, DatabaseFolder folder, int port) {
		List<String> arguments = new ArrayList<>(List.of("--no-defaults", "--console"));
		if (Distribution.isRoot()) {
			arguments.add("--user=root");
		}
		arguments.addAll(List.of("--datadir=" + folder.data(), "--tmpdir=" + folder.temporary(),
				"--pid-file=" + folder.pidFile(), "--init-file=" + folder.initFile(), "--port=" + port,
				"--bind-address=127.0.0.1", "--skip-ssl", "--skip-name-resolve", "--skip-log-bin",
				"--character-set-server=utf8mb4", "--collation-server=utf8mb4_general_ci", "--sql-mode=" + SQL_MODE,
				"--transaction-isolation=READ-COMMITTED", "--innodb-lock-wait-timeout=5", "--default-time-zone=+00:00",
				"--max-connections=400", "--max-allowed-packet=64M", "--performance-schema=OFF",
				"--innodb-buffer-pool-size=" + options.bufferPoolMegabytes() + "M", "--key-buffer-size=1M",
				"--aria-pagecache-buffer-size=8M", "--query-cache-type=0",
				"--innodb-log-file-size=" + options.logMegabytes() + "M", "--table-open-cache=1000"));
		arguments.add("--innodb-flush-log-at-trx-commit=" + (options.isPersistent() ? 1 : 0));
		if (!options.isPersistent()) {
			arguments.addAll(List.of("--innodb-doublewrite=OFF", "--innodb-flush-method=nosync"));
		}
		if (!Distribution.isWindows()) {
			arguments.add("--socket=" + folder.socket());
		}
		return arguments;
	}

	private static int choosePort(int wanted) {
		if (wanted == 0) {
			return FreePort.find();
		}
		if (!FreePort.isFree(wanted)) {
			throw DatabaseException.portInUse(wanted);
		}
		return wanted;
	}

	public int port() {
		return this.port;
	}

	public String jdbcUrl(String schema) {
		return "jdbc:mysql://127.0.0.1:" + this.port + "/" + schema + URL_OPTIONS;
	}

	/**
	 * Returns the account of a schema that was given at the start or created since.
	 */
	public SchemaAccount account(String schema) {
		SchemaAccount account = this.accounts.get(schema);
		if (account == null) {
			throw new IllegalArgumentException("There is no schema '" + schema + "'");
		}
		return account;
	}

	/**
	 * Returns the account that may do everything, schemas and users included.
	 */
	public SchemaAccount administrator() {
		return this.admin;
	}

	/**
	 * Creates an empty schema with a user of its own, while the database runs.
	 */
	public SchemaAccount createSchema(String name) {
		SchemaAccount account = SchemaAccount.of(name);
		execute(InitFile.statementsFor(account));
		this.accounts.put(name, account);
		return account;
	}

	/**
	 * Drops a schema and its user; nothing happens if there is none.
	 */
	public void dropSchema(String name) {
		SchemaAccount account = this.accounts.remove(name);
		if (account != null) {
			execute(List.of("DROP DATABASE IF EXISTS `" + account.schema() + "`",
					"DROP USER IF EXISTS '" + account.user() + "'@'127.0.0.1'"));
		}
	}

	private void execute(List<String> statements) {
		Properties properties = new Properties();
		properties.put("user", this.admin.user());
		properties.put("password", this.admin.password());
		try (Connection connection = DriverManager.getConnection(jdbcUrl("mysql"), properties);
				Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new DatabaseException("The database refused: " + ex.getMessage(), ex);
		}
	}

	public boolean isAlive() {
		return this.server.isAlive();
	}

	/**
	 * Runs the action if the server ends without having been stopped.
	 */
	public void onUnexpectedExit(Runnable action) {
		this.server.onExit(() -> {
			if (!this.stopped) {
				action.run();
			}
		});
	}

	/**
	 * Stops the database; a temporary one is deleted. May be called more than once.
	 */
	public synchronized void stop() {
		if (this.stopped) {
			return;
		}
		this.stopped = true;
		this.server.stop();
		this.folder.discardIfTemporary();
		if (Thread.currentThread() != this.atExit) {
			try {
				Runtime.getRuntime().removeShutdownHook(this.atExit);
			}
			catch (IllegalStateException ex) {
				// The process is ending already; the hook will find nothing to do.
			}
		}
	}

	@Override
	public void close() {
		stop();
	}

}
