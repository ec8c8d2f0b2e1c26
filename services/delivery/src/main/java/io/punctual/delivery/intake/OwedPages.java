package io.punctual.delivery.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.dispatch.Enqueuing;
import io.punctual.delivery.dispatch.MeantContacts;
import io.punctual.delivery.dispatch.PendingDelivery;
import io.punctual.delivery.dispatch.PendingDeliveryFactory;
import io.punctual.delivery.dispatch.Requirement;
import io.punctual.delivery.endpoint.Endpoint;
import io.punctual.delivery.endpoint.Endpoints;
import io.punctual.delivery.retry.Promise;
import io.punctual.shared.bulk.BulkInsert;
import io.punctual.shared.bulk.BulkUpdate.Type;
import io.punctual.shared.calendar.WorkingCalendar;
import io.punctual.shared.contract.AgreementTerms.Channel;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Turns pages of owed updates into obligations, numbered for each client, and into the
 * deliveries of their endpoints: many small publications at the price of one.
 */
@Component
class OwedPages {

	/**
	 * So many obligations are written at once; a large publication comes as pages of half
	 * of it.
	 */
	static final int AT_ONCE = 2 * UpdateOwed.MAX_OWED;

	private static final BulkInsert OBLIGATIONS = BulkInsert.into("obligation")
		.own("obligation_id", Type.CODE)
		.own("client_id", Type.CODE)
		.own("client_seq", Type.NUMBER)
		.common("notice_id", "update_id", "owed_from", "due_at", "fallback_at", "required", "requires_all",
				"mail_evidence")
		.build();

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	private final Endpoints endpoints;

	private final MeantContacts meant;

	private final Enqueuing enqueuing;

	private final DeliveryClock clock;

	OwedPages(JdbcClient jdbc, JdbcTemplate batches, Endpoints endpoints, MeantContacts meant, Enqueuing enqueuing,
			DeliveryClock clock) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.endpoints = endpoints;
		this.meant = meant;
		this.enqueuing = enqueuing;
		this.clock = clock;
	}

	/** Applies pages in their order, inside the caller's transaction. */
	void apply(List<UpdateOwed> pages) {
		List<UpdateOwed> together = new ArrayList<>();
		int owed = 0;
		for (UpdateOwed page : pages) {
			if (owed > 0 && owed + page.owed().size() > AT_ONCE) {
				applyTogether(together);
				together.clear();
				owed = 0;
			}
			together.add(page);
			owed += page.owed().size();
		}
		if (owed > 0) {
			applyTogether(together);
		}
	}

	/**
	 * Applies what of pages is not known yet, inside the caller's transaction.
	 */
	void applyUnknown(List<UpdateOwed> pages) {
		Set<String> ids = new TreeSet<>();
		pages.forEach((page) -> page.owed().forEach((owed) -> ids.add(owed.obligationId())));
		if (ids.isEmpty()) {
			return;
		}
		Set<String> known = new HashSet<>(
				this.jdbc.sql("SELECT obligation_id FROM obligation WHERE obligation_id IN (:ids)")
					.param("ids", ids)
					.query(String.class)
					.list());
		apply(pages.stream()
			.map((page) -> page
				.of(page.owed().stream().filter((owed) -> !known.contains(owed.obligationId())).toList()))
			.toList());
	}

	private void applyTogether(List<UpdateOwed> pages) {
		Set<String> endpointIds = new TreeSet<>();
		pages.forEach((page) -> page.owed().forEach((owed) -> endpointIds.addAll(owed.endpointIds())));
		Map<String, Endpoint> known = new HashMap<>(this.endpoints.find(endpointIds));
		Map<String, Long> sequences = sequences(pages);
		List<PendingDelivery> deliveries = new ArrayList<>();
		BulkInsert.Rows obligations = OBLIGATIONS.rows();
		Instant now = this.clock.now();
		pages.forEach((page) -> add(page, known, sequences, now, obligations, deliveries));
		saveSequences(sequences);
		obligations.insert(this.batches);
		this.enqueuing.add(deliveries, known);
	}

	private void add(UpdateOwed page, Map<String, Endpoint> known, Map<String, Long> sequences, Instant now,
			BulkInsert.Rows obligations, List<PendingDelivery> deliveries) {
		Requirement requirement = Requirement.of((page.agreement() != null) ? page.agreement().channels() : null);
		Map<String, List<String>> contacts = contacts(page, requirement, known);
		Map<Instant, Instant> halves = new HashMap<>();
		for (UpdateOwed.Owed owed : page.owed()) {
			long seq = sequences.merge(owed.clientId(), 1L, Long::sum);
			List<String> targets = new ArrayList<>(owed.endpointIds());
			targets.removeIf((id) -> !known.containsKey(id));
			targets.addAll(contacts.getOrDefault(owed.clientId(), List.of()));
			if (requirement.requires(Channel.FEED)) {
				targets.add(owed.clientId());
			}
			Instant fallback = targets.isEmpty() ? now : (page.dueAt() != null)
					? halves.computeIfAbsent(owed.owedFrom(), (from) -> half(page, from)) : null;
			obligations.add(Arrays.<@Nullable Object>asList(page.noticeId(), page.updateId(),
					DatabaseTime.toColumn(owed.owedFrom()), DatabaseTime.toNullableColumn(page.dueAt()),
					DatabaseTime.toNullableColumn(fallback), requirement.requiredColumn(), requirement.all(),
					evidence(page)), owed.obligationId(), owed.clientId(), seq);
			Promise promise = new Promise(owed.owedFrom(), page.dueAt());
			targets.forEach((endpointId) -> deliveries.add(PendingDeliveryFactory.of(owed.obligationId(),
					owed.clientId(), page.noticeId(), page.updateId(), endpointId, seq, promise)));
		}
	}

	/** Those that a required mail goes to, by client. */
	private Map<String, List<String>> contacts(UpdateOwed page, Requirement requirement, Map<String, Endpoint> known) {
		Map<String, List<String>> contacts = new HashMap<>();
		if (requirement.requires(Channel.MAIL)) {
			this.meant.of(page.owed().stream().map(UpdateOwed.Owed::clientId).toList(), page.updateId())
				.forEach((clientId, own) -> {
					own.forEach((contact) -> known.put(contact.endpointId(), contact));
					contacts.put(clientId, own.stream().map(Endpoint::endpointId).toList());
				});
		}
		return contacts;
	}

	private static @Nullable String evidence(UpdateOwed page) {
		AgreementTerms agreement = page.agreement();
		return (agreement != null && agreement.channels().mail() != null) ? agreement.channels().mail().name() : null;
	}

	/** Locks the clients' counters: others apply pages, too. */
	private Map<String, Long> sequences(List<UpdateOwed> pages) {
		Set<String> clientIds = new TreeSet<>();
		pages.forEach((page) -> page.owed().forEach((owed) -> clientIds.add(owed.clientId())));
		Map<String, Long> sequences = locked(clientIds);
		clientIds.removeAll(sequences.keySet());
		if (!clientIds.isEmpty()) {
			// What is not there cannot be locked.
			this.batches.batchUpdate("INSERT IGNORE INTO client_stream (client_id, last_seq) VALUES (?, 0)",
					clientIds.stream().map((id) -> new Object[] { id }).toList());
			sequences.putAll(locked(clientIds));
		}
		return sequences;
	}

	private Map<String, Long> locked(Set<String> clientIds) {
		Map<String, Long> sequences = new HashMap<>();
		this.jdbc.sql(
				"SELECT client_id, last_seq FROM client_stream WHERE client_id IN (:ids) ORDER BY client_id FOR UPDATE")
			.param("ids", clientIds)
			.query((row, number) -> sequences.put(row.getString(1), row.getLong(2)))
			.list();
		return sequences;
	}

	private void saveSequences(Map<String, Long> sequences) {
		this.batches.batchUpdate("""
				INSERT INTO client_stream (client_id, last_seq) VALUES (?, ?)
				ON DUPLICATE KEY UPDATE last_seq = VALUES(last_seq)""",
				sequences.entrySet()
					.stream()
					.map((entry) -> new Object[] { entry.getKey(), entry.getValue() })
					.toList());
	}

	/** The instant at which half of the budget is used up, in the calendar's time. */
	private static Instant half(UpdateOwed page, Instant from) {
		Instant due = page.dueAt();
		AgreementTerms agreement = page.agreement();
		if (due == null || agreement == null) {
			return from;
		}
		WorkingCalendar calendar = WorkingCalendar.of(agreement.calendar().definition());
		Duration budget = calendar.elapsed(from, due);
		return budget.isZero() ? from.plus(Duration.between(from, due).dividedBy(2))
				: calendar.add(from, budget.dividedBy(2));
	}

}
