package io.punctual.delivery.mail;

import java.time.Instant;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.endpoint.Endpoint;
import io.punctual.delivery.webhook.WebhookResult;
import io.punctual.shared.contract.ContactUpserted.Mailbox;
import io.punctual.shared.contract.DeliveriesFailing.Side;
import io.punctual.shared.contract.UpdatePublished;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/**
 * Sends an update to a contact, once, by SMTP.
 */
@Component
public class MailSending {

	private static final int OK = 250;

	private final @Nullable JavaMailSender sender;

	private final Mailboxes mailboxes;

	private final AcknowledgementLinks links;

	private final MailProperties properties;

	private final DeliveryClock clock;

	MailSending(ObjectProvider<JavaMailSender> sender, Mailboxes mailboxes, AcknowledgementLinks links,
			MailProperties properties, DeliveryClock clock) {
		this.sender = sender.getIfAvailable();
		this.mailboxes = mailboxes;
		this.links = links;
		this.properties = properties;
		this.clock = clock;
	}

	/** Whether there is a mail server to send by. */
	public boolean isOn() {
		return this.sender != null;
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
			return new Sent(failed(start, new SmtpFailure(null, "the address is not known", Side.PROVIDER)),
					new byte[0], null);
		}
		UpdateMail mail = new UpdateMail(letter.deliveryId(), letter.update(), letter.dueAt(),
				this.links.link(mailbox, contact.endpointId(), letter.obligationId()), letter.correlationId());
		return new Sent(deliver(mail, mailbox.address(), start), mail.bytes(), this.mailboxes.keep(mailbox, attemptId));
	}

	private WebhookResult deliver(UpdateMail mail, String address, Instant start) {
		if (this.sender == null) {
			return failed(start, new SmtpFailure(null, "mail is not set up", Side.PROVIDER));
		}
		try {
			MimeMessage message = this.sender.createMimeMessage();
			mail.writeTo(message, address, this.properties);
			this.sender.send(message);
			return new WebhookResult(start, this.clock.now(), OK, null, null, null, null, null, null);
		}
		catch (MailException | MessagingException ex) {
			return failed(start, SmtpFailure.of(ex));
		}
	}

	private WebhookResult failed(Instant start, SmtpFailure failure) {
		return new WebhookResult(start, this.clock.now(), failure.status(), failure.error(), failure.side(), null, null,
				null, null);
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
	 */
	public record Sent(WebhookResult result, byte[] text, @Nullable String recipient) {
	}

}
