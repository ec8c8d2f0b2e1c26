package io.punctual.delivery.mail;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.punctual.delivery.endpoint.Endpoint;
import io.punctual.delivery.endpoint.Endpoints;
import io.punctual.shared.contract.ContactUpserted.Mailbox;

import org.springframework.stereotype.Component;

/**
 * The links by which a contact takes note of an update: contact, obligation, and a code
 * that only the contact's own key makes. They end with the contact.
 */
@Component
public class AcknowledgementLinks {

	private static final int CODE_BYTES = 16;

	private final Endpoints endpoints;

	private final Mailboxes mailboxes;

	private final MailProperties properties;

	AcknowledgementLinks(Endpoints endpoints, Mailboxes mailboxes, MailProperties properties) {
		this.endpoints = endpoints;
		this.mailboxes = mailboxes;
		this.properties = properties;
	}

	String link(Mailbox mailbox, String contactId, String obligationId) {
		return this.properties.link() + "/" + contactId + "." + obligationId + "."
				+ code(mailbox, contactId, obligationId);
	}

	/**
	 * Who may acknowledge what by a link.
	 * @param token the last part of a link
	 * @return nothing if it was not made here, or the contact is removed
	 */
	public Optional<Holder> find(String token) {
		String[] parts = token.split("\\.", -1);
		if (parts.length != 3) {
			return Optional.empty();
		}
		Endpoint contact = this.endpoints.find(parts[0]);
		Mailbox mailbox = (contact != null) ? this.mailboxes.open(contact) : null;
		if (contact == null || mailbox == null || contact.obstacle() != null) {
			return Optional.empty();
		}
		boolean genuine = MessageDigest.isEqual(code(mailbox, parts[0], parts[1]).getBytes(StandardCharsets.US_ASCII),
				parts[2].getBytes(StandardCharsets.UTF_8));
		return genuine ? Optional.of(new Holder(parts[0], contact.clientId(), parts[1])) : Optional.empty();
	}

	private static String code(Mailbox mailbox, String contactId, String obligationId) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(mailbox.key(), "HmacSHA256"));
			byte[] all = mac
				.doFinal(("acknowledge " + contactId + " " + obligationId).getBytes(StandardCharsets.UTF_8));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(all, CODE_BYTES));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Who holds a link, and for what.
	 */
	public record Holder(String contactId, String clientId, String obligationId) {
	}

}
