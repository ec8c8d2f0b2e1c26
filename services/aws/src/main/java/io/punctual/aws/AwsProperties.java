package io.punctual.aws;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How AWS is reached.
 *
 * @param region the region, such as {@code eu-west-1}; by default what the SDK finds,
 * {@code AWS_REGION} first
 * @param endpoint where all of AWS's services are stood in for; AWS's own by default
 * @param timeout how long a call may take in all, its repetitions included
 */
@ConfigurationProperties("punctual.aws")
public record AwsProperties(@Nullable String region, @Nullable URI endpoint, @DefaultValue("10s") Duration timeout) {
}
