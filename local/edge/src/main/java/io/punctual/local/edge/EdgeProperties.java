package io.punctual.local.edge;

import java.net.URI;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the edge is told when it starts.
 *
 * @param document the API Gateway document (OpenAPI 3.0 with extensions, YAML or JSON)
 * @param settings the stage, usage plans and API keys beside it; none by default
 * @param port the port for requests; 0 for any
 * @param address the address to listen on; all of the machine's by default
 * @param mostConnections how many clients' connections may be open at once, each with a
 * thread of its own; one more is answered 429
 * @param adminPort the port for health and targets, on loopback only; 0 for none
 * @param issuer the tokens' issuer, in place of the one the document or the settings name
 * @param jwksUri where the issuer's keys are
 * @param targets addresses of backends by {@code host:port}, host, or the host's first
 * label
 * @param apiKeysUri where API keys are listed that are not in the settings
 * @param apiKeysToken the bearer token for it
 * @param healthPath what health checks ask each pool for
 */
@ConfigurationProperties("punctual.edge")
record EdgeProperties(String document, @Nullable String settings, @DefaultValue("8080") int port,
		@Nullable String address, @DefaultValue("1000") int mostConnections, @DefaultValue("0") int adminPort,
		@Nullable String issuer, @Nullable String jwksUri, @DefaultValue Map<String, String> targets,
		@Nullable URI apiKeysUri, @Nullable String apiKeysToken,
		@DefaultValue("/actuator/health/readiness") String healthPath) {

	EdgeProperties {
		if (mostConnections < 1) {
			throw new IllegalArgumentException("most-connections is at least 1, not " + mostConnections);
		}
		settings = (settings != null && !settings.isBlank()) ? settings : null;
		address = (address != null && !address.isBlank()) ? address : null;
		issuer = (issuer != null && !issuer.isBlank()) ? issuer : null;
		jwksUri = (jwksUri != null && !jwksUri.isBlank()) ? jwksUri : null;
	}

}
