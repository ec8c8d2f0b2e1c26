package io.punctual.delivery.log;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a mail service said of a mail, as the API shows it.
 *
 * @param happenedAt when it happened, by the mail service
 * @param heardAt when it was heard here
 * @param status the receiving server's code, or a word for the case
 * @param answer the receiving server's words, until the contact is removed
 */
record MailEventView(String kind, Instant happenedAt, Instant heardAt, @Nullable String status,
		@Nullable String answer) {
}
