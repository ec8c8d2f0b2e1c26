package io.punctual.delivery.dispatch;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.punctual.delivery.endpoint.Endpoint;
import io.punctual.delivery.endpoint.Endpoints;
import io.punctual.delivery.mail.MailSending;
import io.punctual.delivery.webhook.WebhookBody;
import io.punctual.shared.contract.UpdatePublished;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The contacts that an update is meant for: of those whose filter lets it through, the
 * lowest rung of the client's ladder. The higher ones are for what nobody acknowledges.
 */
@Component
public class MeantContacts {

	private final Endpoints endpoints;

	private final Updates updates;

	private final MailSending mail;

	MeantContacts(Endpoints endpoints, Updates updates, MailSending mail) {
		this.endpoints = endpoints;
		this.updates = updates;
		this.mail = mail;
	}

	/** Whether there is any use in falling back to mail. */
	boolean canBeMailed() {
		return this.mail.isOn();
	}

	/**
	 * Find them.
	 * @param clientIds the clients
	 * @param updateId what was said
	 * @return by client; absent if it has none
	 */
	public Map<String, List<Endpoint>> of(Collection<String> clientIds, String updateId) {
		if (clientIds.isEmpty()) {
			return Map.of();
		}
		UpdatePublished said = this.updates.get(updateId).update();
		Map<String, List<Endpoint>> meant = new HashMap<>();
		for (Endpoint endpoint : this.endpoints.contactsOf(clientIds)) {
			Endpoint.@Nullable Contact contact = endpoint.contact();
			// Filters are for notices: a statement is everybody's.
			if (contact != null && (WebhookBody.STATED.equals(said.state())
					|| contact.filter().accepts(said.kind(), said.severity(), said.components()))) {
				meant.merge(endpoint.clientId(), List.of(endpoint), MeantContacts::lower);
			}
		}
		return meant;
	}

	private static List<Endpoint> lower(List<Endpoint> some, List<Endpoint> others) {
		int difference = Integer.compare(level(some), level(others));
		if (difference != 0) {
			return (difference < 0) ? some : others;
		}
		return Stream.concat(some.stream(), others.stream()).toList();
	}

	private static int level(List<Endpoint> contacts) {
		Endpoint.@Nullable Contact contact = contacts.getFirst().contact();
		return (contact != null) ? contact.level() : Integer.MAX_VALUE;
	}

}
