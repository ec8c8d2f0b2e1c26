package io.punctual.sla.clock;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds whose miss each breach is, and looks again when evidence comes later: an attempt
 * that hung at the due instant fails only after it.
 */
@Component
class Misses {

	private final JdbcClient jdbc;

	private final DeliveryFacts facts;

	Misses(JdbcClient jdbc, DeliveryFacts facts) {
		this.jdbc = jdbc;
		this.facts = facts;
	}

	Map<String, Attributions.Miss> of(List<Clock> breached) {
		Map<String, List<DeliveryFact>> deliveries = this.facts
			.of(breached.stream().map(Clock::obligationId).filter(Objects::nonNull).collect(Collectors.toSet()));
		Map<String, Set<String>> endpoints = endpoints(
				breached.stream().map(Clock::clientId).collect(Collectors.toSet()));
		Map<String, Attributions.Miss> misses = new HashMap<>();
		for (Clock clock : breached) {
			String obligation = (clock.obligationId() != null) ? clock.obligationId() : "";
			misses.put(clock.clockId(), Attributions.judge(clock, deliveries.getOrDefault(obligation, List.of()),
					endpoints.getOrDefault(clock.clientId(), Set.of())));
		}
		return misses;
	}

	void attributeAgain(Collection<String> obligationIds) {
		if (obligationIds.isEmpty()) {
			return;
		}
		List<Clock> breached = this.jdbc
			.sql("SELECT " + ClockRows.COLUMNS + " FROM clock c WHERE c.obligation_id IN (:ids)"
					+ " AND c.objective = 'DELIVERY' AND c.state = 'BREACHED' ORDER BY c.clock_id FOR UPDATE")
			.param("ids", obligationIds)
			.query(ClockRows::map)
			.list();
		of(breached)
			.forEach((clockId, miss) -> this.jdbc.sql("UPDATE clock SET attribution = ?, cause = ? WHERE clock_id = ?")
				.params(miss.attribution().name(), miss.cause(), clockId)
				.update());
	}

	private Map<String, Set<String>> endpoints(Set<String> clientIds) {
		if (clientIds.isEmpty()) {
			return Map.of();
		}
		Map<String, Set<String>> endpoints = new HashMap<>();
		this.jdbc.sql("SELECT endpoint_id, client_id FROM endpoint WHERE verified AND client_id IN (:ids)")
			.param("ids", clientIds)
			.query((row) -> {
				endpoints.computeIfAbsent(row.getString("client_id"), (key) -> new HashSet<>())
					.add(row.getString("endpoint_id"));
			});
		return endpoints;
	}

}
