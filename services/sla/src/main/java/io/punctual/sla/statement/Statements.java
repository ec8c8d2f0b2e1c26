package io.punctual.sla.statement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

import io.punctual.shared.time.DatabaseTime;
import io.punctual.shared.web.Cursors;
import io.punctual.shared.web.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * All statements; they are added and read, nothing else.
 */
@Repository
class Statements {

	private static final String HEAD = "SELECT statement_id, client_id, period, number, previous_hash, hash, key_id,"
			+ " signature, closed_at, ";

	private final JdbcClient jdbc;

	Statements(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The end of a client's chain, which nobody else moves until the transaction ends.
	 */
	End lockEnd(String clientId) {
		this.jdbc
			.sql("INSERT INTO statement_chain (client_id, statements, hash) VALUES (?, 0, ?)"
					+ " ON DUPLICATE KEY UPDATE client_id = client_id")
			.params(clientId, Hashes.FIRST)
			.update();
		return this.jdbc.sql("SELECT statements, period, hash FROM statement_chain WHERE client_id = ? FOR UPDATE")
			.param(clientId)
			.query((row, number) -> new End(row.getLong(1), row.getString(2), row.getString(3)))
			.single();
	}

	/** Adds a statement to the end, in the transaction that has locked it. */
	void add(Signed statement) {
		this.jdbc.sql("""
				INSERT INTO statement (statement_id, client_id, period, number, previous_hash, hash, key_id, signature,
				  closed_at, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
			.params(statement.statementId(), statement.clientId(), statement.period(), statement.number(),
					statement.previousHash(), statement.hash(), statement.keyId(), statement.signature(),
					DatabaseTime.toColumn(statement.closedAt()), statement.document())
			.update();
		this.jdbc.sql("UPDATE statement_chain SET statements = ?, period = ?, hash = ? WHERE client_id = ?")
			.params(statement.number(), statement.period(), statement.hash(), statement.clientId())
			.update();
	}

	Optional<Signed> find(String statementId) {
		return this.jdbc.sql(HEAD + "document FROM statement WHERE statement_id = ?")
			.param(statementId)
			.query(Statements::map)
			.optional();
	}

	/** Without its document. */
	Optional<Signed> ofPeriod(String clientId, String period) {
		return this.jdbc.sql(HEAD + "'' AS document FROM statement WHERE client_id = ? AND period = ?")
			.params(clientId, period)
			.query(Statements::map)
			.optional();
	}

	/** A client's statements, the newest first, without their documents. */
	Page<Signed> page(String clientId, @Nullable String cursor, int limit) {
		Long before = Cursors.decode(cursor, clientId, (keys) -> Long.valueOf(keys.getFirst()));
		List<Signed> found = this.jdbc
			.sql(HEAD + "'' AS document FROM statement WHERE client_id = ? AND number < ?"
					+ " ORDER BY number DESC LIMIT ?")
			.params(clientId, (before != null) ? before : Long.MAX_VALUE, limit + 1)
			.query(Statements::map)
			.list();
		return Page.of(found, limit, (last) -> Cursors.encode(clientId, String.valueOf(last.number())));
	}

	/** Everybody's, chain by chain, in the order of each. */
	List<Signed> after(String clientId, long number, int limit) {
		return this.jdbc
			.sql(HEAD + "document FROM statement WHERE (client_id = ? AND number > ?) OR client_id > ?"
					+ " ORDER BY client_id, number LIMIT ?")
			.params(clientId, number, clientId, limit)
			.query(Statements::map)
			.list();
	}

	private static Signed map(ResultSet row, int number) throws SQLException {
		return new Signed(row.getString("statement_id"), row.getString("client_id"), row.getString("period"),
				row.getLong("number"), row.getString("previous_hash"), row.getString("hash"), row.getString("key_id"),
				row.getString("signature"), DatabaseTime.fromColumn(row.getObject("closed_at", LocalDateTime.class)),
				row.getString("document"));
	}

	/**
	 * Where a chain ends.
	 *
	 * @param statements how many there are
	 * @param period the last one's month; null if there is none
	 * @param hash the last one's hash
	 */
	record End(long statements, @Nullable String period, String hash) {
	}

}
