package io.punctual.sla.availability;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.punctual.shared.contract.AgreementAssigned;
import io.punctual.shared.contract.EntitlementGranted;
import io.punctual.shared.contract.EntitlementRevoked;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.sla.clock.TermsStore;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps from when to when each client used which component, and what it was promised.
 * Nothing is taken away: a month is stated after it is over.
 */
@Component("availabilityClientsSubscriber")
class ClientsSubscriber implements EventSubscriber {

	private final JdbcClient jdbc;

	private final TermsStore terms;

	private final DatabaseClock database;

	ClientsSubscriber(JdbcClient jdbc, TermsStore terms, DatabaseClock database) {
		this.jdbc = jdbc;
		this.terms = terms;
		this.database = database;
	}

	@Override
	public String source() {
		return "clients";
	}

	@Override
	public Set<String> types() {
		return Set.of(EntitlementGranted.TYPE, EntitlementRevoked.TYPE, AgreementAssigned.TYPE);
	}

	@Override
	public void startSnapshot() {
		// What is not told again was revoked at some instant that nobody knows any more.
		revoke("revoked_at IS NULL", this.database.now());
	}

	@Override
	public void apply(List<Event> events) {
		for (Event event : events) {
			switch (event.type()) {
				case EntitlementGranted.TYPE -> granted(event.data(EntitlementGranted.class));
				case EntitlementRevoked.TYPE -> revoked(event.data(EntitlementRevoked.class));
				default -> assigned(event.data(AgreementAssigned.class));
			}
		}
	}

	private void granted(EntitlementGranted granted) {
		this.jdbc.sql("""
				INSERT INTO entitlement (client_id, component_id, effective_at) VALUES (?, ?, ?)
				ON DUPLICATE KEY UPDATE revoked_at = NULL""")
			.params(granted.clientId(), granted.componentId(), DatabaseTime.toColumn(granted.effectiveAt()))
			.update();
	}

	private void revoked(EntitlementRevoked revoked) {
		revoke("revoked_at IS NULL AND client_id = ? AND component_id = ?", revoked.effectiveAt(), revoked.clientId(),
				revoked.componentId());
	}

	private void revoke(String condition, Instant at, Object... parameters) {
		this.jdbc.sql("UPDATE entitlement SET revoked_at = ? WHERE " + condition)
			.param(DatabaseTime.toColumn(at))
			.params(parameters)
			.update();
	}

	private void assigned(AgreementAssigned assigned) {
		this.terms.keep(assigned.agreement());
		this.jdbc.sql("""
				INSERT INTO agreement_assignment (client_id, effective_at, agreement_id, agreement_version)
				VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE agreement_id = VALUES(agreement_id),
				  agreement_version = VALUES(agreement_version)""")
			.params(assigned.clientId(), DatabaseTime.toColumn(assigned.effectiveAt()),
					assigned.agreement().agreementId(), assigned.agreement().version())
			.update();
	}

}
