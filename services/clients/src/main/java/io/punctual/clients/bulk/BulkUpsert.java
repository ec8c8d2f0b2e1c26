package io.punctual.clients.bulk;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.punctual.clients.agreement.Agreements;
import io.punctual.clients.component.Components;
import io.punctual.clients.client.ClientState;
import io.punctual.clients.support.Changes;
import io.punctual.shared.contract.AgreementAssigned;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.ClientUpserted;
import io.punctual.shared.contract.EntitlementGranted;
import io.punctual.shared.id.Ids;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Upserts many clients in one transaction, all or none, with batches of rows.
 */
@Component
class BulkUpsert {

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	private final Components components;

	private final Agreements agreements;

	private final Changes changes;

	BulkUpsert(JdbcClient jdbc, JdbcTemplate batches, Components components, Agreements agreements, Changes changes) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.components = components;
		this.agreements = agreements;
		this.changes = changes;
	}

	BulkController.Result run(List<BulkController.Item> items) {
		checkComponents(items);
		Map<String, AgreementTerms> terms = terms(items);
		Instant now = this.changes.now();
		Map<String, Row> known = lock(items);
		List<BulkController.Outcome> outcomes = new ArrayList<>();
		List<Object[]> inserts = new ArrayList<>();
		List<Object[]> updates = new ArrayList<>();
		int unchanged = 0;
		for (BulkController.Item item : items) {
			Row row = known.get(item.externalId());
			BulkController.Kind kind = kind(item, row, terms);
			String id = (row != null) ? row.id() : Ids.next("cli");
			switch (kind) {
				case CREATED -> inserts.add(new Object[] { id, item.externalId(), item.name(), now(now), now(now) });
				case UPDATED -> updates.add(new Object[] { item.name(), now(now), id });
				case UNCHANGED -> unchanged++;
			}
			outcomes.add(new BulkController.Outcome(item.externalId(), id, kind));
		}
		this.batches.batchUpdate("""
				INSERT INTO client (id, external_id, name, state, synthetic, version, created_at, updated_at)
				VALUES (?, ?, ?, 'ACTIVE', FALSE, 0, ?, ?)""", inserts);
		this.batches.batchUpdate("""
				UPDATE client SET name = ?, state = 'ACTIVE', version = version + 1, updated_at = ? WHERE id = ?""",
				updates);
		publish(items, outcomes, now, terms);
		return new BulkController.Result(inserts.size(), updates.size(), unchanged, outcomes);
	}

	private void publish(List<BulkController.Item> items, List<BulkController.Outcome> outcomes, Instant now,
			Map<String, AgreementTerms> terms) {
		List<Object[]> entitlements = new ArrayList<>();
		for (int i = 0; i < items.size(); i++) {
			if (outcomes.get(i).outcome() == BulkController.Kind.UNCHANGED) {
				continue;
			}
			BulkController.Item item = items.get(i);
			String id = outcomes.get(i).clientId();
			this.changes.publish(ClientUpserted.TYPE, id, now,
					new ClientUpserted(id, item.externalId(), item.name(), ClientUpserted.State.ACTIVE, false));
			for (String component : Objects.requireNonNullElse(item.components(), Set.<String>of())) {
				entitlements.add(new Object[] { id, component, now(now) });
				this.changes.publish(EntitlementGranted.TYPE, id, now, new EntitlementGranted(id, component, now));
			}
			String agreementId = item.agreementId();
			if (agreementId != null) {
				AgreementTerms agreement = Objects.requireNonNull(terms.get(agreementId));
				this.agreements.assign(id, agreement, now);
				this.changes.publish(AgreementAssigned.TYPE, id, now, new AgreementAssigned(id, agreement, now));
			}
		}
		this.batches.batchUpdate("""
				INSERT IGNORE INTO entitlement (client_id, component_id, effective_at) VALUES (?, ?, ?)""",
				entitlements);
	}

	/** Nothing is lost by an update, so an item with children always counts as one. */
	private static BulkController.Kind kind(BulkController.Item item, @Nullable Row row,
			Map<String, AgreementTerms> terms) {
		if (row == null) {
			return BulkController.Kind.CREATED;
		}
		boolean same = row.name().equals(item.name()) && row.state() == ClientState.ACTIVE && item.components() == null
				&& item.agreementId() == null;
		return (same) ? BulkController.Kind.UNCHANGED : BulkController.Kind.UPDATED;
	}

	private Map<String, Row> lock(List<BulkController.Item> items) {
		Map<String, Row> rows = new HashMap<>();
		for (int from = 0; from < items.size(); from += 1000) {
			List<String> ids = items.subList(from, Math.min(items.size(), from + 1000))
				.stream()
				.map(BulkController.Item::externalId)
				.toList();
			this.jdbc.sql(
					"SELECT external_id, id, name, state FROM client WHERE external_id IN (:ids) ORDER BY id FOR UPDATE")
				.param("ids", ids)
				.query((row, index) -> Map.entry(row.getString(1),
						new Row(row.getString(2), row.getString(3), ClientState.valueOf(row.getString(4)))))
				.list()
				.forEach((entry) -> rows.put(entry.getKey(), entry.getValue()));
		}
		return rows;
	}

	private void checkComponents(List<BulkController.Item> items) {
		Set<String> named = items.stream()
			.flatMap((item) -> Objects.requireNonNullElse(item.components(), Set.<String>of()).stream())
			.collect(Collectors.toSet());
		Set<String> known = (named.isEmpty()) ? Set.of() : this.components.known(named);
		for (int i = 0; i < items.size(); i++) {
			if (!known.containsAll(Objects.requireNonNullElse(items.get(i).components(), Set.<String>of()))) {
				throw ProblemException.invalid("/clients/" + i + "/components", "names a component that there is not");
			}
		}
	}

	private Map<String, AgreementTerms> terms(List<BulkController.Item> items) {
		Map<String, AgreementTerms> terms = new HashMap<>();
		for (int i = 0; i < items.size(); i++) {
			String id = items.get(i).agreementId();
			if (id != null && !terms.containsKey(id)) {
				String field = "/clients/" + i + "/agreementId";
				terms.put(id, this.agreements.terms(id, null)
					.orElseThrow(() -> ProblemException.invalid(field, "there is no such agreement")));
			}
		}
		return terms;
	}

	private static LocalDateTime now(Instant now) {
		return DatabaseTime.toColumn(now);
	}

	private record Row(String id, String name, ClientState state) {
	}

}
