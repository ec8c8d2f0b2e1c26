package io.punctual.delivery.dispatch;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.endpoint.Endpoint;
import io.punctual.delivery.endpoint.Endpoints;
import io.punctual.delivery.retry.Promise;
import io.punctual.shared.id.Ids;
import io.punctual.shared.release.WorkGate;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.shared.transaction.Transactions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * At half of the budget without success, or as soon as no endpoint is left, sends to the
 * client's other verified endpoints and to its contacts: there is no silent stop.
 */
@Component
class Fallback {

	private static final int AT_ONCE = 200;

	private static final Logger logger = LoggerFactory.getLogger(Fallback.class);

	private final JdbcClient jdbc;

	private final Transactions transactions;

	private final Endpoints endpoints;

	private final MeantContacts contacts;

	private final Enqueuing enqueuing;

	private final DeliveryClock clock;

	private final WorkGate gate;

	Fallback(JdbcClient jdbc, Transactions transactions, Endpoints endpoints, MeantContacts contacts,
			Enqueuing enqueuing, DeliveryClock clock, WorkGate gate) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.endpoints = endpoints;
		this.contacts = contacts;
		this.enqueuing = enqueuing;
		this.clock = clock;
		this.gate = gate;
	}

	@Scheduled(fixedDelay = 200)
	void work() {
		try {
			while (this.gate.isOpen() && this.transactions.write(this::take) == AT_ONCE) {
				logger.debug("More obligations fall back");
			}
		}
		catch (RuntimeException ex) {
			logger.debug("Nothing can fall back now", ex);
		}
	}

	private int take() {
		List<Open> open = this.jdbc.sql("""
				SELECT obligation_id, client_id, notice_id, update_id, client_seq, owed_from, due_at FROM obligation
				WHERE fallback_at <= ? ORDER BY fallback_at LIMIT ? FOR UPDATE SKIP LOCKED""")
			.params(DatabaseTime.toColumn(this.clock.now()), AT_ONCE)
			.query((row, number) -> new Open(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
					row.getLong(5), DatabaseTime.fromColumn(row.getObject(6, LocalDateTime.class)),
					DatabaseTime.fromNullableColumn(row.getObject(7, LocalDateTime.class))))
			.list();
		if (open.isEmpty()) {
			return 0;
		}
		List<String> ids = open.stream().map(Open::obligationId).toList();
		this.jdbc.sql("UPDATE obligation SET fallback_at = NULL WHERE obligation_id IN (:ids)")
			.param("ids", ids)
			.update();
		Set<String> tried = new HashSet<>(this.jdbc
			.sql("SELECT CONCAT(obligation_id, '/', endpoint_id) FROM delivery WHERE obligation_id IN (:ids)")
			.param("ids", ids)
			.query(String.class)
			.list());
		add(open, tried);
		return open.size();
	}

	private void add(List<Open> open, Set<String> tried) {
		Map<String, Endpoint> others = new HashMap<>();
		this.endpoints.verifiedOf(open.stream().map(Open::clientId).distinct().toList())
			.forEach((endpoint) -> others.put(endpoint.endpointId(), endpoint));
		Map<String, List<Endpoint>> mailed = mailed(open);
		mailed.values().forEach((contacts) -> contacts.forEach((one) -> others.put(one.endpointId(), one)));
		List<PendingDelivery> added = new ArrayList<>();
		for (Open one : open) {
			others.values()
				.stream()
				.filter((endpoint) -> endpoint.clientId().equals(one.clientId()))
				.filter((endpoint) -> endpoint.contact() == null
						|| mailed.getOrDefault(one.obligationId(), List.of()).contains(endpoint))
				.filter((endpoint) -> !tried.contains(one.obligationId() + "/" + endpoint.endpointId()))
				.forEach((endpoint) -> added.add(PendingDelivery.fresh(Ids.next("dlv"), one.obligationId(),
						one.clientId(), one.noticeId(), one.updateId(), endpoint.endpointId(), one.clientSeq(),
						new Promise(one.owedFrom(), one.dueAt()), true)));
		}
		this.enqueuing.add(added, others);
	}

	/** The contacts that each obligation's update is meant for. */
	private Map<String, List<Endpoint>> mailed(List<Open> open) {
		if (!this.contacts.canBeMailed()) {
			return Map.of();
		}
		Map<String, List<Endpoint>> byObligation = new HashMap<>();
		open.stream().collect(Collectors.groupingBy(Open::updateId)).forEach((updateId, of) -> {
			Map<String, List<Endpoint>> byClient = this.contacts.of(of.stream().map(Open::clientId).distinct().toList(),
					updateId);
			of.forEach((one) -> byObligation.put(one.obligationId(), byClient.getOrDefault(one.clientId(), List.of())));
		});
		return byObligation;
	}

	private record Open(String obligationId, String clientId, String noticeId, String updateId, long clientSeq,
			Instant owedFrom, @Nullable Instant dueAt) {
	}

}
