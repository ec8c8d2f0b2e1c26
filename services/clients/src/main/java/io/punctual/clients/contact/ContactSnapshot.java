package io.punctual.clients.contact;

import java.time.Instant;
import java.util.function.Consumer;

import io.punctual.shared.contract.ContactUpserted;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.events.SnapshotSource;
import io.punctual.shared.time.DatabaseClock;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The contacts, for readers that come late.
 */
@Component
@Order(3)
class ContactSnapshot implements SnapshotSource {

	private final Contacts contacts;

	private final Mailboxes mailboxes;

	private final DatabaseClock clock;

	ContactSnapshot(Contacts contacts, Mailboxes mailboxes, DatabaseClock clock) {
		this.contacts = contacts;
		this.mailboxes = mailboxes;
		this.clock = clock;
	}

	@Override
	public void writeTo(Consumer<NewEvent> out) {
		Instant now = this.clock.now();
		this.contacts.everyone()
			.forEach((contact) -> out
				.accept(new NewEvent(ContactUpserted.TYPE, contact.id(), now, this.mailboxes.event(contact))));
	}

}
