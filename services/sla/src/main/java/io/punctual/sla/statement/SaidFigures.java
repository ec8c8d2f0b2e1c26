package io.punctual.sla.statement;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.sla.availability.ComponentAvailability;
import io.punctual.sla.credit.Credit;
import io.punctual.sla.credit.Credits.Version;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What statements have said of availability and of credits. Rows are added, never
 * changed; of several the one with the greatest number was said last.
 */
@Repository
class SaidFigures {

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	SaidFigures(JdbcClient jdbc, JdbcTemplate batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	/** The newest months that were stated, the latest first. */
	List<String> periods(String clientId, int limit) {
		return this.jdbc.sql("SELECT period FROM statement WHERE client_id = ? ORDER BY number DESC LIMIT ?")
			.params(clientId, limit)
			.query((row, number) -> row.getString(1))
			.list();
	}

	/** What was said last of a month's availability, by component. */
	Map<String, StatedAvailability.Before> availability(String clientId, String period) {
		Map<String, StatedAvailability.Before> said = new HashMap<>();
		this.jdbc.sql("""
				SELECT component_id, number, committed_ms, unavailable_micros, target_ppm FROM statement_availability
				WHERE client_id = ? AND period = ? ORDER BY number""").params(clientId, period).query((row) -> {
			int target = row.getInt("target_ppm");
			said.put(row.getString("component_id"), new StatedAvailability.Before(row.getLong("number"),
					row.getLong("committed_ms"), row.getLong("unavailable_micros"), row.wasNull() ? null : target));
		});
		return said;
	}

	/** What was said last of a month's credits. */
	Map<Version, StatedCredits.Before> credits(String clientId, String period) {
		Map<Version, StatedCredits.Before> said = new LinkedHashMap<>();
		this.jdbc.sql("""
				SELECT agreement_id, agreement_version, number, document FROM statement_credit
				WHERE client_id = ? AND period = ? ORDER BY number, agreement_id, agreement_version""")
			.params(clientId, period)
			.query((row) -> {
				said.put(new Version(row.getString(1), row.getInt(2)), new StatedCredits.Before(row.getLong(3),
						CanonicalJson.as(CanonicalJson.read(row.getString(4)), Credit.class)));
			});
		return said;
	}

	/**
	 * How many promises of a month were missed and count, as was said last. Only closing
	 * changes what was said, and it has locked the client's chain.
	 * @param otherwise clocks to leave out, since they have become different
	 */
	Map<Version, Map<Objective, Long>> missed(String clientId, String period, Collection<String> otherwise) {
		Map<Version, Map<Objective, Long>> missed = new HashMap<>();
		this.jdbc
			.sql("""
					SELECT c.agreement_id, c.agreement_version, c.objective, COUNT(*) FROM clock c
					JOIN statement_clock s ON s.clock_id = c.clock_id
					WHERE c.client_id = :client AND c.period = :period AND NOT c.drill AND s.state = 'BREACHED'
					  AND NOT (COALESCE(s.attribution, '') = 'RECIPIENT' AND NOT c.counts_recipient_miss)
					""" + (otherwise.isEmpty() ? "" : "  AND c.clock_id NOT IN (:otherwise)\n")
					+ "GROUP BY c.agreement_id, c.agreement_version, c.objective")
			.param("client", clientId)
			.param("period", period)
			.param("otherwise", otherwise)
			.query((row) -> {
				missed
					.computeIfAbsent(new Version(row.getString(1), row.getInt(2)),
							(key) -> new EnumMap<>(Objective.class))
					.put(Objective.valueOf(row.getString(3)), row.getLong(4));
			});
		return missed;
	}

	/** Takes note of what a statement says of months. */
	void said(String clientId, long number, Map<String, List<ComponentAvailability>> availability,
			Map<String, List<Credit>> credits) {
		List<@Nullable Object[]> figures = new ArrayList<>();
		availability.forEach((period,
				components) -> components.forEach((one) -> figures.add(new @Nullable Object[] { clientId, period,
						one.facts().componentId(), number, one.measured().committedMillis(),
						one.measured().unavailableMicros(), one.measured().targetPpm() })));
		this.batches.batchUpdate("""
				INSERT INTO statement_availability (client_id, period, component_id, number, committed_ms,
				  unavailable_micros, target_ppm) VALUES (?, ?, ?, ?, ?, ?, ?)""", figures);
		List<Object[]> amounts = new ArrayList<>();
		credits.forEach((period, granted) -> granted
			.forEach((one) -> amounts.add(new Object[] { clientId, period, one.agreementId(), one.agreementVersion(),
					number, new String(CanonicalJson.write(one), StandardCharsets.UTF_8) })));
		this.batches.batchUpdate("""
				INSERT INTO statement_credit (client_id, period, agreement_id, agreement_version, number, document)
				VALUES (?, ?, ?, ?, ?, ?)""", amounts);
	}

}
