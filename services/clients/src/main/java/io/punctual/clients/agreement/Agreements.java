package io.punctual.clients.agreement;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The agreements, their versions, and which client is under which from when.
 */
@Component
public class Agreements {

	private static final JsonMapper JSON = new JsonMapper();

	private final JdbcClient jdbc;

	Agreements(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Return the terms of a version.
	 * @param agreementId the agreement
	 * @param number the version, or null for the latest
	 * @return the terms, if there are such
	 */
	public Optional<AgreementTerms> terms(String agreementId, @Nullable Integer number) {
		return this.jdbc.sql("""
				SELECT v.terms FROM agreement a JOIN agreement_version v
				ON v.agreement_id = a.id AND v.number = COALESCE(:number, a.latest) WHERE a.id = :id""")
			.param("id", agreementId)
			.param("number", number)
			.query((row, index) -> JSON.readValue(row.getString(1), AgreementTerms.class))
			.optional();
	}

	/**
	 * Put a client under an agreement from an instant on.
	 * @param clientId the client
	 * @param terms the version
	 * @param effectiveAt from when on
	 */
	public void assign(String clientId, AgreementTerms terms, Instant effectiveAt) {
		this.jdbc.sql("""
				INSERT INTO agreement_assignment (client_id, effective_at, agreement_id, number) VALUES (?, ?, ?, ?)
				ON DUPLICATE KEY UPDATE agreement_id = VALUES(agreement_id), number = VALUES(number)""")
			.params(clientId, DatabaseTime.toColumn(effectiveAt), terms.agreementId(), terms.version())
			.update();
	}

	Optional<Assignment> inForce(String clientId, Instant at) {
		return this.jdbc.sql("""
				SELECT v.terms, s.effective_at FROM agreement_assignment s
				JOIN agreement_version v ON v.agreement_id = s.agreement_id AND v.number = s.number
				WHERE s.client_id = ? AND s.effective_at <= ? ORDER BY s.effective_at DESC LIMIT 1""")
			.params(clientId, DatabaseTime.toColumn(at))
			.query((row, index) -> new Assignment(clientId, JSON.readValue(row.getString(1), AgreementTerms.class),
					DatabaseTime.fromColumn(row.getObject(2, LocalDateTime.class))))
			.optional();
	}

	/** All assignments that are, or will be, in force, by client and time. */
	void presentAssignments(Instant now, Consumer<Assignment> out) {
		Map<String, AgreementTerms> known = new HashMap<>();
		this.jdbc.sql("""
				SELECT s.client_id, s.agreement_id, s.number, s.effective_at FROM agreement_assignment s
				WHERE s.effective_at >= COALESCE((SELECT MAX(e.effective_at) FROM agreement_assignment e
				WHERE e.client_id = s.client_id AND e.effective_at <= ?), s.effective_at)
				ORDER BY s.client_id, s.effective_at""").param(DatabaseTime.toColumn(now)).query((row, index) -> {
			String id = row.getString(2);
			int number = row.getInt(3);
			AgreementTerms terms = known.computeIfAbsent(id + '/' + number, (key) -> terms(id, number).orElseThrow());
			return new Assignment(row.getString(1), terms,
					DatabaseTime.fromColumn(row.getObject(4, LocalDateTime.class)));
		}).list().forEach(out);
	}

	Optional<Agreement> find(String id) {
		return this.jdbc.sql("SELECT id, name, latest, created_at FROM agreement WHERE id = ?")
			.param(id)
			.query((row, index) -> new Agreement(row.getString(1), row.getString(2), row.getInt(3),
					DatabaseTime.fromColumn(row.getObject(4, LocalDateTime.class))))
			.optional();
	}

	List<Agreement> page(String after, int size) {
		return this.jdbc
			.sql("SELECT id, name, latest, created_at FROM agreement WHERE id > ? ORDER BY id LIMIT " + size)
			.param(after)
			.query((row, index) -> new Agreement(row.getString(1), row.getString(2), row.getInt(3),
					DatabaseTime.fromColumn(row.getObject(4, LocalDateTime.class))))
			.list();
	}

	void insert(AgreementTerms terms, Instant now) {
		this.jdbc.sql("INSERT INTO agreement (id, name, latest, version, created_at) VALUES (?, ?, 1, 0, ?)")
			.params(terms.agreementId(), terms.name(), DatabaseTime.toColumn(now))
			.update();
		insertVersion(terms, now);
	}

	/** Takes the next number; the row stays locked until the transaction ends. */
	int nextVersion(String id) {
		this.jdbc.sql("UPDATE agreement SET latest = latest + 1, version = version + 1 WHERE id = ?")
			.param(id)
			.update();
		return find(id).orElseThrow().latest();
	}

	void insertVersion(AgreementTerms terms, Instant now) {
		this.jdbc.sql("INSERT INTO agreement_version (agreement_id, number, terms, created_at) VALUES (?, ?, ?, ?)")
			.params(terms.agreementId(), terms.version(), JSON.writeValueAsString(terms), DatabaseTime.toColumn(now))
			.update();
	}

	/**
	 * An agreement.
	 */
	record Agreement(String id, String name, int latest, Instant createdAt) {
	}

	/**
	 * A client under an agreement from an instant on.
	 */
	record Assignment(String clientId, AgreementTerms terms, Instant effectiveAt) {
	}

}
