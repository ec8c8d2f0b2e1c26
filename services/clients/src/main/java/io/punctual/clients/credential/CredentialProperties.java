package io.punctual.clients.credential;

import java.net.URI;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where credentials are made.
 *
 * @param adminUrl the authorization server's administration, such as
 * {@code http://localhost:9000/admin}
 * @param adminToken its bearer credential
 * @param usagePlan the usage plan of clients' API keys
 */
@ConfigurationProperties("punctual.credentials")
record CredentialProperties(@DefaultValue("http://localhost:9000/admin") URI adminUrl,
		@DefaultValue("") String adminToken, @DefaultValue("clients") String usagePlan) {
}
