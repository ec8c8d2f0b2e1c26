package io.punctual.shared.time;

import java.time.Instant;
import java.time.LocalDateTime;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Asks the database for its time by one statement.
 */
public class JdbcDatabaseClock implements DatabaseClock {

	private final JdbcClient jdbc;

	public JdbcDatabaseClock(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public Instant now() {
		return DatabaseTime.fromColumn(this.jdbc.sql("SELECT UTC_TIMESTAMP(6)").query(LocalDateTime.class).single());
	}

}
