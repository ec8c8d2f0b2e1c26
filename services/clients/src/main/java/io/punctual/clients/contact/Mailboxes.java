package io.punctual.clients.contact;

import io.punctual.shared.contract.ContactUpserted;
import io.punctual.shared.secret.SecretBox;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Seals addresses on their way to {@code delivery}, each for its contact.
 */
@Component
class Mailboxes {

	private final SecretBox box;

	private final JsonMapper json;

	Mailboxes(SecretBox box, JsonMapper json) {
		this.box = box;
		this.json = json;
	}

	ContactUpserted event(Contact contact) {
		return contact.event((mailbox, contactId) -> this.box.seal(this.json.writeValueAsBytes(mailbox), contactId));
	}

}
