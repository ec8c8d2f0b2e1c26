package io.punctual.delivery.mail;

import java.time.Instant;
import java.util.Properties;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.endpoint.Endpoint;
import io.punctual.delivery.webhook.WebhookResult;
import io.punctual.shared.contract.ContactUpserted.Mailbox;
import io.punctual.shared.contract.DeliveriesFailing.Side;
import io.punctual.shared.contract.UpdatePublished;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Sends an update to a contact, once, by whatever carrier there is.
 */
@Component
public class MailSending {

	private static final Session SESSION = Session.getInstance(new Properties());

	private final @Nullable MailCarrier carrier;

	private final Mailboxes mailboxes;

	private final AcknowledgementLinks links;

	private final MailProperties properties;

	private final DeliveryClock clock;

	MailSending(ObjectProvider<MailCarrier> carrier, Mailboxes mailboxes, AcknowledgementLinks links,
			MailProperties properties, DeliveryClock clock) {
		this.carrier = carrier.getIfAvailable();
		this.mailboxes = mailboxes;
		this.links = links;
		this.properties = properties;
		this.clock = clock;
	}

	/** Whether there is anybody to send by. */
	public boolean isOn() {
		return this.carrier != null;
	}

	/**
	 * Send an update.
	 * @param contact where to
	 * @param letter what
	 * @param attemptId the attempt, whose evidence the address is kept in
	 * @return what came of it; never an exception
	 */
	public Sent send(Endpoint contact, Letter letter, String attemptId) {
		Instant start = this.clock.now();
		Mailbox mailbox = this.mailboxes.open(contact);
		if (mailbox == null) {
			return new Sent(failed(start, null, "the address is not known", Side.PROVIDER), new byte[0], null, null);
		}
		UpdateMail mail = new UpdateMail(letter.deliveryId(), letter.update(), letter.dueAt(),
				this.links.link(mailbox, contact.endpointId(), letter.obligationId()), letter.correlationId());
		byte[] text = mail.bytes();
		String recipient = this.mailboxes.keep(mailbox, attemptId);
		if (this.carrier == null) {
			return new Sent(failed(start, null, "mail is not set up", Side.PROVIDER), text, recipient, null);
		}
		try {
			MimeMessage message = new MimeMessage(SESSION);
			mail.writeTo(message, mailbox.address(), this.properties);
			MailCarrier.Receipt receipt = this.carrier.carry(message, letter.deliveryId(), attemptId);
			return new Sent(
					new WebhookResult(start, this.clock.now(), receipt.status(), null, null, null, null, null, null),
					text, recipient, receipt.messageId());
		}
		catch (CarrierException ex) {
			return new Sent(failed(start, ex.status(), String.valueOf(ex.getMessage()), ex.side()), text, recipient,
					null);
		}
		catch (MessagingException ex) {
			return new Sent(failed(start, null, "the mail could not be written", Side.PROVIDER), text, recipient, null);
		}
	}

	private WebhookResult failed(Instant start, @Nullable Integer status, String error, Side side) {
		return new WebhookResult(start, this.clock.now(), status, error, side, null, null, null, null);
	}

	/**
	 * What is sent.
	 */
	public record Letter(String deliveryId, String obligationId, UpdatePublished update, @Nullable Instant dueAt,
			String correlationId) {
	}

	/**
	 * What came of it.
	 *
	 * @param text what the evidence's hash is of
	 * @param recipient the address under the contact's key
	 * @param messageId the name that the carrier has given the mail
	 */
	public record Sent(WebhookResult result, byte[] text, @Nullable String recipient, @Nullable String messageId) {
	}

}
