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

import io.punctual.shared.bulk.BulkUpdate;
import io.punctual.shared.bulk.BulkUpdate.Type;
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

	private static final BulkUpdate UPDATE = BulkUpdate.of("client", "id")
		.set("name", Type.TEXT)
		.set("updated_at", Type.INSTANT)
		.setting("state = 'ACTIVE'")
		.setting("version = t.version + 1")
		.build();

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	private final Components components;

	private final Agreements agreements;

	private final Holdings holdings;

	private final Changes changes;

	BulkUpsert(JdbcClient jdbc, JdbcTemplate batches, Components components, Agreements agreements, Holdings holdings,
			Changes changes) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.components = components;
		this.agreements = agreements;
		this.holdings = holdings;
		this.changes = changes;
	}

	BulkController.Result run(List<BulkController.Item> items) {
		checkComponents(items);
		Map<String, AgreementTerms> terms = terms(items);
		Map<String, Row> known = lock(items);
		Holdings.Present present = this.holdings.of(known.values().stream().map(Row::id).toList());
		Instant now = this.changes.now();
		List<Plan> plans = items.stream()
			.map((item) -> plan(item, known.get(item.externalId()), terms, present))
			.toList();
		List<Object[]> inserts = new ArrayList<>();
		List<Object[]> updates = new ArrayList<>();
		for (Plan plan : plans) {
			String name = plan.item().name();
			switch (plan.kind()) {
				case CREATED ->
					inserts.add(new Object[] { plan.clientId(), plan.item().externalId(), name, now(now), now(now) });
				case UPDATED -> updates.add(new Object[] { plan.clientId(), name, now(now) });
				case UNCHANGED -> {
				}
			}
		}
		this.batches.batchUpdate("""
				INSERT INTO client (id, external_id, name, state, synthetic, version, created_at, updated_at)
				VALUES (?, ?, ?, 'ACTIVE', FALSE, 0, ?, ?)""", inserts);
		UPDATE.run(this.batches, updates);
		this.holdings.grant(plans.stream().flatMap((plan) -> plan.entitlements().stream()).toList(), now);
		this.holdings.assign(plans.stream().flatMap((plan) -> plan.assignment().stream()).toList(), now);
		plans.forEach((plan) -> publish(plan, now));
		return new BulkController.Result(inserts.size(), updates.size(), plans.size() - inserts.size() - updates.size(),
				plans.stream().map(Plan::outcome).toList());
	}

	/** What an item adds; what a client has already began earlier, and stays as it is. */
	private static Plan plan(BulkController.Item item, @Nullable Row row, Map<String, AgreementTerms> terms,
			Holdings.Present present) {
		String id = (row != null) ? row.id() : Ids.next("cli");
		List<Holdings.Entitlement> granted = components(item).stream()
			.filter((component) -> !present.uses(id, component))
			.map((component) -> new Holdings.Entitlement(id, component))
			.toList();
		AgreementTerms wanted = (item.agreementId() != null) ? terms.get(item.agreementId()) : null;
		AgreementTerms assigned = (present.isUnder(id, wanted)) ? null : wanted;
		if (row == null) {
			return new Plan(item, id, row, BulkController.Kind.CREATED, granted, assigned);
		}
		boolean same = row.is(item) && granted.isEmpty() && assigned == null;
		return new Plan(item, id, row, (same) ? BulkController.Kind.UNCHANGED : BulkController.Kind.UPDATED, granted,
				assigned);
	}

	private void publish(Plan plan, Instant now) {
		String id = plan.clientId();
		Row row = plan.row();
		if (row == null || !row.is(plan.item())) {
			this.changes.publish(ClientUpserted.TYPE, id, now, new ClientUpserted(id, plan.item().externalId(),
					plan.item().name(), ClientUpserted.State.ACTIVE, row != null && row.synthetic()));
		}
		for (Holdings.Entitlement granted : plan.entitlements()) {
			this.changes.publish(EntitlementGranted.TYPE, id, now,
					new EntitlementGranted(id, granted.componentId(), now));
		}
		if (plan.agreement() != null) {
			this.changes.publish(AgreementAssigned.TYPE, id, now, new AgreementAssigned(id, plan.agreement(), now));
		}
	}

	private Map<String, Row> lock(List<BulkController.Item> items) {
		Map<String, Row> rows = new HashMap<>();
		for (int from = 0; from < items.size(); from += 1000) {
			List<String> ids = items.subList(from, Math.min(items.size(), from + 1000))
				.stream()
				.map(BulkController.Item::externalId)
				.toList();
			this.jdbc.sql(
					"SELECT external_id, id, name, state, synthetic FROM client WHERE external_id IN (:ids) ORDER BY id FOR UPDATE")
				.param("ids", ids)
				.query((row, index) -> Map.entry(row.getString(1),
						new Row(row.getString(2), row.getString(3), ClientState.valueOf(row.getString(4)),
								row.getBoolean(5))))
				.list()
				.forEach((entry) -> rows.put(entry.getKey(), entry.getValue()));
		}
		return rows;
	}

	private void checkComponents(List<BulkController.Item> items) {
		Set<String> named = items.stream().flatMap((item) -> components(item).stream()).collect(Collectors.toSet());
		Set<String> known = (named.isEmpty()) ? Set.of() : this.components.known(named);
		for (int i = 0; i < items.size(); i++) {
			if (!known.containsAll(components(items.get(i)))) {
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

	private static Set<String> components(BulkController.Item item) {
		return Objects.requireNonNullElse(item.components(), Set.<String>of());
	}

	private record Row(String id, String name, ClientState state, boolean synthetic) {

		boolean is(BulkController.Item item) {
			return this.name.equals(item.name()) && this.state == ClientState.ACTIVE;
		}

	}

	private record Plan(BulkController.Item item, String clientId, @Nullable Row row, BulkController.Kind kind,
			List<Holdings.Entitlement> entitlements, @Nullable AgreementTerms agreement) {

		List<Holdings.Assignment> assignment() {
			return (this.agreement == null) ? List.of() : List
				.of(new Holdings.Assignment(this.clientId, this.agreement.agreementId(), this.agreement.version()));
		}

		BulkController.Outcome outcome() {
			return new BulkController.Outcome(this.item.externalId(), this.clientId, this.kind);
		}

	}

}
