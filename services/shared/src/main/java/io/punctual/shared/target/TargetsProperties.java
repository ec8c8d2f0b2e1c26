package io.punctual.shared.target;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where webhooks may go.
 *
 * @param allowLoopback whether also to this host, by http or https: for laptops and tests
 */
@ConfigurationProperties("punctual.targets")
record TargetsProperties(boolean allowLoopback) {
}
