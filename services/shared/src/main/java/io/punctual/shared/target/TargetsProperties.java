package io.punctual.shared.target;

import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where webhooks may go.
 *
 * @param allowLoopback whether also to this host, by http or https: for laptops and tests
 * @param allowHosts names of hosts to which webhooks may go whatever their address is, by
 * http or https, such as {@code host.docker.internal}: for laptops and tests
 */
@ConfigurationProperties("punctual.targets")
record TargetsProperties(boolean allowLoopback, @DefaultValue Set<String> allowHosts) {
}
