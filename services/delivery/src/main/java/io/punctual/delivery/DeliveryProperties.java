package io.punctual.delivery;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the delivery service.
 *
 * @param slots how many endpoints this instance sends to at once; a fifth of them is kept
 * for work that is already late
 * @param connectTimeout how long a connection to a receiver may take
 * @param timeout how long an attempt may take in all
 * @param lease how long a claimed endpoint stays claimed without a renewal
 */
@ConfigurationProperties("punctual.delivery")
public record DeliveryProperties(@DefaultValue("1000") int slots, @DefaultValue("3s") Duration connectTimeout,
		@DefaultValue("10s") Duration timeout, @DefaultValue("15s") Duration lease) {
}
