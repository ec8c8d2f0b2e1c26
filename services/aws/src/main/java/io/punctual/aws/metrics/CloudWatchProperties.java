package io.punctual.aws.metrics;

import java.time.Duration;

import io.micrometer.cloudwatch2.CloudWatchConfig;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is published where.
 *
 * @param enabled whether metrics are sent to CloudWatch; the profile {@code aws} says so
 * @param namespace the metrics' namespace
 * @param step how often, and over which time counters count
 */
@ConfigurationProperties("punctual.metrics.cloudwatch")
record CloudWatchProperties(@DefaultValue("false") boolean enabled, @DefaultValue("Punctual") String namespace,
		@DefaultValue("1m") Duration step) {

	CloudWatchConfig config() {
		return new CloudWatchConfig() {

			@Override
			public @Nullable String get(String key) {
				return null;
			}

			@Override
			public String namespace() {
				return CloudWatchProperties.this.namespace;
			}

			@Override
			public Duration step() {
				return CloudWatchProperties.this.step;
			}

		};
	}

}
