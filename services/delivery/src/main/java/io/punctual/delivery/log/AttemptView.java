package io.punctual.delivery.log;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An attempt as the API shows it: the evidence.
 *
 * @param recipient the address of a mail, until its contact is removed
 * @param messageId the name that the mail service has given the mail
 * @param mailEvents what the mail service said of it afterwards, in order
 */
record AttemptView(String attemptId, int number, Instant startedAt, Instant endedAt, String url,
		@Nullable String address, String requestSha256, @Nullable Integer status, @Nullable String side,
		@Nullable String error, @Nullable String responseHeaders, @Nullable String responseBody, String correlationId,
		@Nullable String recipient, @Nullable String messageId, @Nullable List<MailEventView> mailEvents) {

	AttemptView with(@Nullable List<MailEventView> events) {
		return new AttemptView(this.attemptId, this.number, this.startedAt, this.endedAt, this.url, this.address,
				this.requestSha256, this.status, this.side, this.error, this.responseHeaders, this.responseBody,
				this.correlationId, this.recipient, this.messageId, events);
	}

}
