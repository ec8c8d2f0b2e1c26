package io.punctual.delivery.endpoint;

import java.util.List;
import java.util.Optional;

import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who of the provider is told of escalations: a client's endpoints and contacts.
 */
@Repository
public class OnCall {

	private final JdbcClient jdbc;

	private final Endpoints endpoints;

	OnCall(JdbcClient jdbc, Endpoints endpoints) {
		this.jdbc = jdbc;
		this.endpoints = endpoints;
	}

	void is(@Nullable String clientId) {
		this.jdbc.sql("UPDATE on_call SET client_id = :client WHERE only_row = 1").param("client", clientId).update();
	}

	/**
	 * Who is on call by now.
	 * @return the client and what it can be reached by, or nothing if nobody is, or
	 * nobody can be reached
	 */
	public Optional<Reachable> reachable() {
		List<String> clients = this.jdbc.sql("SELECT client_id FROM on_call WHERE client_id IS NOT NULL")
			.query((row, number) -> row.getString(1))
			.list();
		return clients.stream()
			.map((clientId) -> new Reachable(clientId, ids(this.endpoints.verifiedOf(List.of(clientId))), ids(
					this.endpoints.contactsOf(List.of(clientId)).stream().filter(OnCall::takesEscalations).toList())))
			.filter((one) -> one.targets() > 0)
			.findFirst();
	}

	/**
	 * An escalation is a critical incident to it: what its filter keeps out tells nobody.
	 */
	private static boolean takesEscalations(Endpoint endpoint) {
		Endpoint.@Nullable Contact contact = endpoint.contact();
		return contact != null && contact.filter().accepts(NoticeKind.INCIDENT, Severity.CRITICAL, List.of());
	}

	private static List<String> ids(List<Endpoint> endpoints) {
		return endpoints.stream().map(Endpoint::endpointId).sorted().toList();
	}

	/**
	 * By what somebody can be told.
	 *
	 * @param webhooks verified endpoints
	 * @param contacts contacts whose address takes mail, and whose filter takes critical
	 * incidents
	 */
	public record Reachable(String clientId, List<String> webhooks, List<String> contacts) {

		/**
		 * How many there are.
		 * @return endpoints and contacts
		 */
		public int targets() {
			return this.webhooks.size() + this.contacts.size();
		}

	}

}
