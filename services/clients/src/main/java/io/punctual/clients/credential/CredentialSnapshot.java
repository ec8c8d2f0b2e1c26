package io.punctual.clients.credential;

import java.time.Instant;
import java.util.function.Consumer;

import io.punctual.shared.contract.CredentialUpserted;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.events.SnapshotSource;
import io.punctual.shared.time.DatabaseClock;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The credentials, for readers that come late; revoked ones too.
 */
@Component
@Order(5)
class CredentialSnapshot implements SnapshotSource {

	private final CredentialRepository credentials;

	private final DatabaseClock clock;

	CredentialSnapshot(CredentialRepository credentials, DatabaseClock clock) {
		this.credentials = credentials;
		this.clock = clock;
	}

	@Override
	public void writeTo(Consumer<NewEvent> out) {
		Instant now = this.clock.now();
		this.credentials.everything()
			.forEach((credential) -> out
				.accept(new NewEvent(CredentialUpserted.TYPE, credential.id(), now, credential.event())));
	}

}
