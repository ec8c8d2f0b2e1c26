package io.punctual.delivery.mail;

import java.util.ArrayDeque;
import java.util.Deque;

import io.punctual.shared.contract.DeliveriesFailing.Side;
import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

import org.springframework.mail.MailSendException;

/**
 * Why a mail was not taken over. The mailbox's refusal is its owner's; everything else is
 * ours, since the mail server is.
 *
 * @param status the server's reply (RFC 5321), or null if there was none
 */
record SmtpFailure(@Nullable Integer status, String error, Side side) {

	static SmtpFailure of(Exception ex) {
		Deque<Throwable> open = new ArrayDeque<>();
		open.add(ex);
		@Nullable SmtpFailure refused = null;
		while (!open.isEmpty()) {
			Throwable next = open.remove();
			if (next instanceof SMTPAddressFailedException address) {
				// Without the server's words: they repeat the address.
				return new SmtpFailure(address.getReturnCode(), "the mailbox was refused: " + address.getReturnCode(),
						Side.RECIPIENT);
			}
			if (next instanceof SMTPSendFailedException server) {
				refused = new SmtpFailure(server.getReturnCode(), "the mail server answered " + server.getReturnCode(),
						Side.PROVIDER);
			}
			if (next instanceof MailSendException failed) {
				for (Exception cause : failed.getMessageExceptions()) {
					open.add(cause);
				}
			}
			if (next instanceof MessagingException chained && chained.getNextException() != null) {
				open.add(chained.getNextException());
			}
			if (next.getCause() != null && !open.contains(next.getCause())) {
				open.add(next.getCause());
			}
		}
		return (refused != null) ? refused : new SmtpFailure(null, "the mail server cannot be reached", Side.PROVIDER);
	}

}
