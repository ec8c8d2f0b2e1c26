package io.punctual.delivery.mail;

import jakarta.mail.internet.MimeMessage;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/**
 * A mail server that is spoken to by SMTP.
 */
@Component
@ConditionalOnProperty("spring.mail.host")
class SmtpCarrier implements MailCarrier {

	private static final int OK = 250;

	private final JavaMailSender sender;

	SmtpCarrier(JavaMailSender sender) {
		this.sender = sender;
	}

	@Override
	public Receipt carry(MimeMessage message, String deliveryId, String attemptId) {
		try {
			this.sender.send(message);
			return new Receipt(OK, null);
		}
		catch (MailException ex) {
			SmtpFailure failure = SmtpFailure.of(ex);
			throw new CarrierException(failure.status(), failure.error(), failure.side(), ex);
		}
	}

}
