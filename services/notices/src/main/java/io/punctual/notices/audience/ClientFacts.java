package io.punctual.notices.audience;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.punctual.shared.contract.AgreementTerms;
import org.jspecify.annotations.Nullable;

/**
 * What this service reads of the events of {@code clients}: less than they say.
 */
final class ClientFacts {

	private ClientFacts() {
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Client(String clientId, @Nullable String externalId, String name, String state) {
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Component(String componentId, String name, String state) {
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Endpoint(String endpointId, String clientId, String state, @Nullable Filter filter) {
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Filter(@Nullable List<String> kinds, @Nullable List<String> severities, @Nullable List<String> components) {
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Assignment(String clientId, AgreementTerms agreement, Instant effectiveAt) {
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Entitlement(String clientId, String componentId, @Nullable Instant effectiveAt) {
	}

}
