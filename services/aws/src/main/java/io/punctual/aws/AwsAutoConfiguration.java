package io.punctual.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * Sets up how AWS is called. Everything is lazy: without a part that needs AWS, nothing
 * of the SDK is loaded.
 */
@AutoConfiguration
@EnableConfigurationProperties(AwsProperties.class)
class AwsAutoConfiguration {

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	AwsCredentialsProvider awsCredentials() {
		return DefaultCredentialsProvider.builder().build();
	}

	@Bean
	@Lazy
	AwsClients awsClients(AwsProperties properties, AwsCredentialsProvider credentials) {
		return new AwsClients(properties, credentials);
	}

}
