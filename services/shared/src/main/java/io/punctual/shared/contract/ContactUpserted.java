package io.punctual.shared.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * {@code contact.upserted}: a person of a client. The address is sealed; the key beside
 * it is the contact's own, and goes with the contact.
 *
 * @param contactId the contact
 * @param clientId its client
 * @param level the rung of the client's ladder, from 1
 * @param filter which updates it is meant for
 * @param mailbox a {@link Mailbox} as JSON, sealed for the contact's id by a
 * {@link io.punctual.shared.secret.SecretBox}; absent in events of a release that did not
 * tell it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ContactUpserted(String contactId, String clientId, int level, NoticeFilter filter,
		@Nullable String mailbox) {

	public static final String TYPE = "contact.upserted";

	public ContactUpserted(String contactId, String clientId, int level, NoticeFilter filter) {
		this(contactId, clientId, level, filter, null);
	}

	/**
	 * What is sealed.
	 *
	 * @param address the mail address
	 * @param key 32 bytes, this contact's alone: under it evidence keeps the address
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Mailbox(String address, byte[] key) {
	}

}
