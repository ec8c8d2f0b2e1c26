package io.punctual.sla.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.punctual.shared.contract.AuditRecorded;
import io.punctual.shared.contract.AuditRecorded.Actor;
import io.punctual.shared.contract.AuditRecorded.Outcome;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * All entries; they are added and read, nothing else.
 */
@Repository
class AuditEntries {

	static final String COLUMNS = "e.audit_id, e.source, e.number, e.at, e.actor_kind, e.actor, e.actor_name,"
			+ " e.actor_client, e.action, e.outcome, e.correlation_id, e.about, e.previous_hash, e.hash";

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	AuditEntries(JdbcClient jdbc, JdbcTemplate batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	/** Adds entries of one source to the end of its chain, in the present transaction. */
	void add(String source, List<Said> said) {
		this.jdbc.sql(
				"INSERT INTO audit_chain (source, entries, hash) VALUES (?, 0, ?) ON DUPLICATE KEY UPDATE source = source")
			.params(source, AuditEntry.FIRST)
			.update();
		End end = lockedEnd(source);
		long number = end.entries();
		String previous = end.hash();
		List<@Nullable Object[]> rows = new ArrayList<>();
		List<Object[]> about = new ArrayList<>();
		for (Said one : said) {
			AuditRecorded entry = one.entry();
			Actor actor = entry.actor();
			number++;
			// As the column keeps it, or the hash would not be found again.
			Instant at = one.at().truncatedTo(ChronoUnit.MICROS);
			String hash = AuditEntry.hash(previous, source, number, entry.auditId(), at, actor, entry.action(),
					entry.outcome(), one.correlationId(), entry.about());
			rows.add(new @Nullable Object[] { entry.auditId(), source, number, DatabaseTime.toColumn(at),
					actor.kind().name(), actor.subject(), actor.name(), actor.clientId(), entry.action(),
					entry.outcome().name(), one.correlationId(), String.join(",", entry.about()), previous, hash });
			entry.about().stream().distinct().forEach((id) -> about.add(new Object[] { id, entry.auditId() }));
			previous = hash;
		}
		this.batches.batchUpdate("""
				INSERT INTO audit_entry (audit_id, source, number, at, actor_kind, actor, actor_name, actor_client,
				  action, outcome, correlation_id, about, previous_hash, hash)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", rows);
		this.batches.batchUpdate("INSERT INTO audit_about (about, audit_id) VALUES (?, ?)", about);
		this.jdbc.sql("UPDATE audit_chain SET entries = ?, hash = ? WHERE source = ?")
			.params(number, previous, source)
			.update();
	}

	/** The end of a chain, locked until the present transaction's. */
	private End lockedEnd(String source) {
		return end(source, " FOR UPDATE");
	}

	End end(String source) {
		return end(source, "");
	}

	private End end(String source, String how) {
		return this.jdbc.sql("SELECT entries, hash FROM audit_chain WHERE source = ?" + how)
			.param(source)
			.query((row, number) -> new End(row.getLong(1), row.getString(2)))
			.single();
	}

	List<String> sources() {
		return this.jdbc.sql("SELECT source FROM audit_chain ORDER BY source")
			.query(String.class)
			.list()
			.stream()
			.map(String::valueOf)
			.toList();
	}

	List<AuditEntry> after(String source, long number, int limit) {
		return this.jdbc
			.sql("SELECT " + COLUMNS
					+ " FROM audit_entry e WHERE e.source = ? AND e.number > ? ORDER BY e.number LIMIT ?")
			.params(source, number, limit)
			.query(AuditEntries::map)
			.list();
	}

	static AuditEntry map(ResultSet row, int index) throws SQLException {
		String about = row.getString("about");
		return new AuditEntry(row.getString("audit_id"), row.getString("source"), row.getLong("number"),
				Objects.requireNonNull(DatabaseTime.fromNullableColumn(row.getObject("at", LocalDateTime.class))),
				new Actor(Actor.Kind.valueOf(row.getString("actor_kind")), row.getString("actor"),
						row.getString("actor_name"), row.getString("actor_client")),
				row.getString("action"), Outcome.valueOf(row.getString("outcome")), row.getString("correlation_id"),
				about.isEmpty() ? List.of() : List.of(about.split(",")), row.getString("previous_hash"),
				row.getString("hash"));
	}

	/**
	 * An entry as it was told.
	 */
	record Said(AuditRecorded entry, Instant at, String correlationId) {
	}

	/**
	 * Where a chain ends.
	 */
	record End(long entries, String hash) {
	}

}
