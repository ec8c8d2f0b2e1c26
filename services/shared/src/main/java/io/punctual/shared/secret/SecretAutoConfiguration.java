package io.punctual.shared.secret;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Sets up the secret box with the data keys of a file.
 */
@AutoConfiguration
@EnableConfigurationProperties(SecretsProperties.class)
class SecretAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SecretBox secretBox(SecretsProperties secrets) {
		return new AesGcmSecretBox(new KeyFile(secrets.keyFile()));
	}

}
