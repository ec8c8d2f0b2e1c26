package io.punctual.shared.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * {@code component.upserted}: a part of what the provider offers.
 * 
 * @param componentId the component
 * @param name what people call it
 * @param state a retired component is in no new notice
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ComponentUpserted(String componentId, String name, State state) {

	public static final String TYPE = "component.upserted";

	/**
	 * Whether it is still offered.
	 */
	public enum State {

		ACTIVE, RETIRED

	}

}
