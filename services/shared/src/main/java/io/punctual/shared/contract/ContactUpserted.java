package io.punctual.shared.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * {@code contact.upserted}: a person of a client, without the address: that never leaves
 * {@code clients}.
 *
 * @param contactId the contact
 * @param clientId its client
 * @param level the rung of the client's ladder, from 1
 * @param filter which updates it is meant for
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ContactUpserted(String contactId, String clientId, int level, NoticeFilter filter) {

	public static final String TYPE = "contact.upserted";

}
