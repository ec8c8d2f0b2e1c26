package io.punctual.shared.credential;

import io.punctual.shared.security.CredentialDirectory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sets up the replica of the credentials, unless the service knows the truth.
 */
@AutoConfiguration(after = JdbcClientAutoConfiguration.class)
class CredentialAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(CredentialDirectory.class)
	ReplicatedCredentials credentialDirectory(JdbcClient jdbc) {
		return new ReplicatedCredentials(jdbc);
	}

	@Bean
	@ConditionalOnBean(ReplicatedCredentials.class)
	CredentialSubscriber credentialSubscriber(ReplicatedCredentials credentials) {
		return new CredentialSubscriber(credentials);
	}

}
