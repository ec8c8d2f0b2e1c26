package io.punctual.delivery.mail;

import java.nio.charset.StandardCharsets;

import io.punctual.delivery.endpoint.Endpoint;
import io.punctual.shared.contract.ContactUpserted.Mailbox;
import io.punctual.shared.secret.AesGcm;
import io.punctual.shared.secret.SecretBox;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Opens contacts' addresses, and keeps them in evidence under each contact's own key:
 * once the contact is removed nobody reads them any more, and the evidence stays.
 */
@Component
public class Mailboxes {

	private final SecretBox box;

	private final JsonMapper json;

	Mailboxes(SecretBox box, JsonMapper json) {
		this.box = box;
		this.json = json;
	}

	/**
	 * Open the mailbox of a contact.
	 * @param contact an endpoint that is a contact
	 * @return its mailbox; null if it is removed, or was never told
	 */
	@Nullable Mailbox open(Endpoint contact) {
		String sealed = (contact.contact() != null) ? contact.contact().mailbox() : null;
		return (sealed != null) ? open(contact.endpointId(), sealed) : null;
	}

	private Mailbox open(String contactId, String sealed) {
		return this.json.readValue(this.box.open(sealed, contactId), Mailbox.class);
	}

	/** The address as an attempt keeps it. */
	String keep(Mailbox mailbox, String attemptId) {
		return AesGcm.seal(mailbox.key(), mailbox.address().getBytes(StandardCharsets.UTF_8), attemptId);
	}

	/** Words that may repeat the address, as the evidence keeps them. */
	public @Nullable String keep(Endpoint contact, @Nullable String words, String eventId) {
		Mailbox mailbox = open(contact);
		return (mailbox != null && words != null)
				? AesGcm.seal(mailbox.key(), words.getBytes(StandardCharsets.UTF_8), eventId) : null;
	}

	/** Whether the address that an attempt has kept is still the contact's. */
	public boolean isStillThere(Endpoint contact, @Nullable String kept, String attemptId) {
		Mailbox mailbox = open(contact);
		return mailbox != null && kept != null && mailbox.address()
			.equals(new String(AesGcm.open(mailbox.key(), kept, attemptId), StandardCharsets.UTF_8));
	}

	/**
	 * Read an address that an attempt has kept, or words that an event has.
	 * @param contactId the contact
	 * @param sealed the contact's mailbox, or null if it is removed
	 * @param kept what is kept
	 * @param keeper the id of the attempt or event
	 * @return the address or words, or null if the key that opens them is gone
	 */
	public @Nullable String read(String contactId, @Nullable String sealed, @Nullable String kept, String keeper) {
		if (sealed == null || kept == null) {
			return null;
		}
		return new String(AesGcm.open(open(contactId, sealed).key(), kept, keeper), StandardCharsets.UTF_8);
	}

}
