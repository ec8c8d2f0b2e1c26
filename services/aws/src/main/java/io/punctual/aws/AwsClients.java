package io.punctual.aws;

import java.net.URI;
import java.time.Duration;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Builds clients of AWS's services that are alike: the JDK's URLConnection (which knows
 * no PATCH), short timeouts, the SDK's standard repetitions.
 */
public class AwsClients {

	private static final Duration CONNECT = Duration.ofSeconds(2);

	private static final Duration READ = Duration.ofSeconds(5);

	private final AwsProperties properties;

	private final AwsCredentialsProvider credentials;

	AwsClients(AwsProperties properties, AwsCredentialsProvider credentials) {
		this.properties = properties;
		this.credentials = credentials;
	}

	/**
	 * Build a client. Nothing is asked of AWS before the client's first call.
	 * @param <B> the builder's type
	 * @param <C> the client's type
	 * @param builder a service's builder, such as {@code KmsClient.builder()}
	 * @return the client
	 */
	public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(B builder) {
		builder.overrideConfiguration(
				(override) -> override.apiCallTimeout(this.properties.timeout()).retryStrategy(RetryMode.STANDARD));
		return build(builder, READ);
	}

	/**
	 * Build a client whose calls are made once: the caller repeats what has to be
	 * repeated, and knows how often it was.
	 * @param <B> the builder's type
	 * @param <C> the client's type
	 * @param builder a service's builder
	 * @param longest how long an answer may take
	 * @return the client
	 */
	public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C buildOnce(B builder, Duration longest) {
		builder.overrideConfiguration((override) -> override.apiCallTimeout(CONNECT.plus(longest))
			.retryStrategy((strategy) -> strategy.maxAttempts(1)));
		return build(builder, longest);
	}

	private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(B builder, Duration read) {
		builder.region(region())
			.credentialsProvider(this.credentials)
			.httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(read));
		URI endpoint = this.properties.endpoint();
		if (endpoint != null) {
			builder.endpointOverride(endpoint);
		}
		return builder.build();
	}

	/**
	 * Return the region that is worked in.
	 * @return the configured one, else the one that the SDK finds
	 */
	public Region region() {
		String region = this.properties.region();
		return (region != null) ? Region.of(region) : new DefaultAwsRegionProviderChain().getRegion();
	}

	/**
	 * Return whose rights are used: on Fargate the task role's.
	 * @return the credentials, asked for when they are needed
	 */
	public AwsCredentialsProvider credentials() {
		return this.credentials;
	}

}
