package io.punctual.delivery.mail;

import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;

/**
 * Takes a mail over and brings it on: a mail server by SMTP, or a mail service.
 */
public interface MailCarrier {

	/**
	 * Hand a mail over, once.
	 * @param message what is sent, to its one recipient
	 * @param deliveryId what later news of it is told by
	 * @param attemptId the same, of the very attempt
	 * @return what the carrier said
	 * @throws CarrierException if it did not take it
	 */
	Receipt carry(MimeMessage message, String deliveryId, String attemptId);

	/**
	 * What the carrier said.
	 *
	 * @param status the reply's code, of SMTP or HTTP
	 * @param messageId the name that the carrier has given the mail, if it does
	 */
	record Receipt(int status, @Nullable String messageId) {
	}

}
