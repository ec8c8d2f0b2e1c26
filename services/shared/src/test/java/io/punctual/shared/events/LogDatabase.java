package io.punctual.shared.events;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.time.JdbcDatabaseClock;
import io.punctual.shared.transaction.Transactions;
import io.punctual.testing.database.TestSchema;
import io.punctual.testing.database.TestServer;
import org.flywaydb.core.Flyway;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * One service's schema with its log and inbox, and the objects that a service would have
 * for them.
 */
final class LogDatabase implements AutoCloseable {

	private static final AtomicInteger schemas = new AtomicInteger();

	final HikariDataSource dataSource;

	final DataSource used;

	final JdbcTransactionManager transactionManager;

	final JdbcTemplate jdbc;

	final Transactions transactions;

	final LogTables log;

	final InboxTables inbox;

	final LogWatch watch;

	final JdbcEventLog events;

	final LogPages pages;

	final DatabaseClock clock;

	private LogDatabase(HikariDataSource dataSource, DataSource used, boolean blind) {
		this.dataSource = dataSource;
		this.used = used;
		this.jdbc = new JdbcTemplate(used);
		this.transactionManager = new JdbcTransactionManager(used);
		this.transactions = new Transactions(this.transactionManager);
		this.log = new LogTables(this.jdbc);
		this.inbox = new InboxTables(this.jdbc);
		this.watch = new LogWatch(() -> blind ? 0 : this.log.head().pos(), Duration.ofMillis(5));
		this.watch.start();
		this.events = new JdbcEventLog(this.log, this.transactionManager, this.watch::appended);
		this.pages = new LogPages(this.log, this.watch, "source");
		this.clock = new JdbcDatabaseClock(JdbcClient.create(used));
	}

	static LogDatabase create(int connections) {
		return create(TestServer.shared(), connections);
	}

	/**
	 * A schema on a database of its own whose commits are on the disk when they return;
	 * it ends with the JVM.
	 */
	static LogDatabase synced(int connections) {
		return create(TestServer.durable(), connections);
	}

	private static LogDatabase create(TestServer server, int connections) {
		TestSchema schema = server.createSchema("events_" + schemas.incrementAndGet());
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(schema.jdbcUrl());
		config.setUsername(schema.user());
		config.setPassword(schema.password());
		config.setMaximumPoolSize(connections);
		config.setMinimumIdle(1);
		config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
		config.setConnectionInitSql("SET SESSION innodb_lock_wait_timeout = 2");
		HikariDataSource dataSource = new HikariDataSource(config);
		Flyway.configure().dataSource(dataSource).locations("classpath:db/shared").load().migrate();
		LogDatabase database = new LogDatabase(dataSource, dataSource, false);
		database.jdbc.execute("CREATE TABLE effect (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
				+ " position BIGINT NOT NULL, subject VARCHAR(80) NOT NULL, value VARCHAR(80) NOT NULL)");
		return database;
	}

	/**
	 * Another instance of the same service, or the same one through another data source.
	 */
	LogDatabase instance(DataSource used) {
		return new LogDatabase(this.dataSource, used, false);
	}

	/**
	 * Another instance, which learns of its own commits only.
	 */
	LogDatabase blindInstance() {
		return new LogDatabase(this.dataSource, this.used, true);
	}

	NewEvent event(String subject, Object data) {
		return new NewEvent("thing.changed", subject, this.clock.now(), data);
	}

	void append(String subject, Object data) {
		this.transactions.write(() -> this.events.append(event(subject, data)));
	}

	@Override
	public void close() {
		this.watch.stop();
		this.dataSource.close();
	}

}
