package io.punctual.delivery.mail;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a mail service says of a mail that it had taken over.
 *
 * @param eventId made of what is said: the same when it is said again
 * @param sentAt when the mail was taken over
 * @param status the receiving server's code, or a word for the case
 * @param answer the receiving server's words, which may repeat addresses
 */
public record MailReport(String eventId, Kind kind, String deliveryId, String attemptId, Instant sentAt,
		Instant happenedAt, @Nullable String status, @Nullable String answer) {

	/**
	 * What became of it.
	 */
	public enum Kind {

		/** The recipient's mail server has it. */
		DELIVERED,
		/** The recipient's mail server will never take it. */
		BOUNCED,
		/** It was given up this time: a full mailbox, a server that is away. */
		BOUNCED_FOR_NOW,
		/** The recipient calls it unwanted. */
		COMPLAINED,
		/** The mail service does not send it on after all. */
		REJECTED,
		/** It is still tried. */
		DELAYED

	}

}
