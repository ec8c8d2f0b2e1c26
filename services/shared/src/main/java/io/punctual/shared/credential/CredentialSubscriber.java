package io.punctual.shared.credential;

import java.util.List;
import java.util.Set;

import io.punctual.shared.contract.CredentialUpserted;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;

/**
 * Keeps the replica of the credentials by the events of {@code clients}.
 */
class CredentialSubscriber implements EventSubscriber {

	private final ReplicatedCredentials credentials;

	CredentialSubscriber(ReplicatedCredentials credentials) {
		this.credentials = credentials;
	}

	@Override
	public String source() {
		return "clients";
	}

	@Override
	public Set<String> types() {
		return Set.of(CredentialUpserted.TYPE);
	}

	@Override
	public void startSnapshot() {
		this.credentials.clear();
	}

	@Override
	public void apply(List<Event> events) {
		for (Event event : events) {
			this.credentials.upsert(event.data(CredentialUpserted.class));
		}
	}

}
