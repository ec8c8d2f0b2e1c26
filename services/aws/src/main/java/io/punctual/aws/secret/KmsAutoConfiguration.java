package io.punctual.aws.secret;

import java.time.Clock;

import io.punctual.aws.AwsClients;
import io.punctual.shared.secret.SecretBox;
import software.amazon.awssdk.services.kms.KmsClient;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Sets up the secret box whose data keys KMS wraps.
 */
@AutoConfiguration(beforeName = "io.punctual.shared.secret.SecretAutoConfiguration")
@ConditionalOnProperty("punctual.secrets.kms-key-id")
class KmsAutoConfiguration {

	@Bean
	SecretBox kmsSecretBox(AwsClients aws, @Value("${punctual.secrets.kms-key-id}") String keyId) {
		return new KmsSecretBox(new KmsDataKeys(aws.build(KmsClient.builder()), keyId, Clock.systemUTC()));
	}

}
