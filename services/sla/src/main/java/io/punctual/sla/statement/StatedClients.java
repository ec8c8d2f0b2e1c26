package io.punctual.sla.statement;

import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.punctual.sla.availability.Histories;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who gets statements, and of which months: of every month from the first in which
 * something came due, or in which it used a component under an agreement, until the
 * client is removed; after that of months in which something came due. Whoever only
 * watches the system gets none.
 */
@Repository
class StatedClients {

	private final JdbcClient jdbc;

	private final Histories histories;

	StatedClients(JdbcClient jdbc, Histories histories) {
		this.jdbc = jdbc;
		this.histories = histories;
	}

	Optional<Kind> find(String clientId) {
		return this.jdbc.sql("SELECT synthetic, removed_at FROM client WHERE client_id = ?")
			.param(clientId)
			.query((row, number) -> new Kind(row.getBoolean(1), row.getObject(2, LocalDateTime.class)))
			.optional();
	}

	/** Whose chain may end before a month, in order. */
	List<String> behind(YearMonth period) {
		return this.jdbc.sql("""
				SELECT cl.client_id FROM client cl LEFT JOIN statement_chain ch ON ch.client_id = cl.client_id
				WHERE NOT cl.synthetic AND (ch.period < :period OR (ch.period IS NULL AND EXISTS (
				  SELECT 1 FROM clock c WHERE c.client_id = cl.client_id AND c.period <= :period AND NOT c.drill))
				  OR (ch.period IS NULL AND EXISTS (SELECT 1 FROM entitlement e JOIN agreement_assignment a
				  ON a.client_id = e.client_id WHERE e.client_id = cl.client_id)))
				ORDER BY cl.client_id""")
			.param("period", period.toString())
			.query((row, number) -> row.getString(1))
			.list();
	}

	/**
	 * The month to be stated next.
	 * @param clientId the client
	 * @param last the last one that was; null if none was
	 * @return the month, or nothing if there is none to state
	 */
	Optional<YearMonth> next(String clientId, @Nullable String last) {
		Kind kind = find(clientId).orElse(null);
		if (kind == null || kind.synthetic()) {
			return Optional.empty();
		}
		if (last != null) {
			YearMonth following = YearMonth.parse(last).plusMonths(1);
			if (kind.removedAt() == null || !YearMonth.from(kind.removedAt()).isBefore(following)) {
				return Optional.of(following);
			}
		}
		Optional<YearMonth> due = this.jdbc
			.sql("SELECT MIN(period) FROM clock WHERE client_id = ? AND period > ? AND NOT drill")
			.params(clientId, (last != null) ? last : "")
			.query((row, number) -> Optional.ofNullable(row.getString(1)).map(YearMonth::parse))
			.single();
		Optional<YearMonth> used = (last == null) ? this.histories.firstMonth(clientId) : Optional.empty();
		return Stream.of(due, used).flatMap(Optional::stream).min(YearMonth::compareTo);
	}

	/**
	 * What matters of a client.
	 */
	record Kind(boolean synthetic, @Nullable LocalDateTime removedAt) {
	}

}
