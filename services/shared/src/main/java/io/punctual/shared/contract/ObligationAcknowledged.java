package io.punctual.shared.contract;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * {@code obligation.acknowledged}: somebody of the client said that the update was taken
 * note of.
 *
 * @param by the person, or the client's credential; by mail the contact's id
 * @param means how it was said: {@code API} by the client itself, {@code PROVIDER} by the
 * provider on its behalf, {@code MAIL} by a mail's link
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ObligationAcknowledged(String obligationId, String clientId, String noticeId, String updateId, String by,
		String means, Instant at) {

	public static final String TYPE = "obligation.acknowledged";

}
