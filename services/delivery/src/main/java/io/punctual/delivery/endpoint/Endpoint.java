package io.punctual.delivery.endpoint;

import java.util.List;

import io.punctual.shared.contract.AgreementTerms.Channel;
import io.punctual.shared.contract.EndpointUpserted;
import io.punctual.shared.contract.NoticeFilter;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as it is known at the attempt.
 *
 * @param clientRemoved whether its client is one no longer
 * @param contact what is known of the contact, if mail goes there
 */
public record Endpoint(String endpointId, String clientId, String url, EndpointUpserted.State state, int ratePerSecond,
		List<EndpointUpserted.Secret> secrets, boolean clientRemoved, @Nullable Contact contact) {

	/**
	 * The channel of whatever a delivery goes to.
	 * @param id the id of an endpoint, of a contact, or of a client, whose feed it is
	 * @return the channel
	 */
	public static Channel channelOf(String id) {
		return switch (id.substring(0, Math.min(3, id.length()))) {
			case "con" -> Channel.MAIL;
			case "cli" -> Channel.FEED;
			default -> Channel.WEBHOOK;
		};
	}

	/**
	 * Why nothing may be sent to it.
	 * @return the reason, or null if it may
	 */
	public @Nullable String obstacle() {
		return switch (this.state) {
			case VERIFIED -> (this.contact != null) ? this.contact.stopped() : null;
			case UNVERIFIED -> "the endpoint is not verified";
			case PAUSED -> "the endpoint is paused";
			case GONE ->
				(channelOf(this.endpointId) == Channel.MAIL) ? "the contact is removed" : "the endpoint is gone";
		};
	}

	/**
	 * A person of the client, as far as it matters here.
	 *
	 * @param mailbox the address with its key, sealed for the contact
	 * @param level the rung of the client's ladder, from 1
	 * @param filter which updates it is meant for
	 * @param stopped why no more mail goes to its address, until it is another; null: it
	 * does
	 */
	public record Contact(@Nullable String mailbox, int level, NoticeFilter filter, @Nullable String stopped) {
	}

}
