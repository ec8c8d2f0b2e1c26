package io.punctual.shared.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the API's surface.
 *
 * @param maxBodySize the largest body of a handler that does not say otherwise
 * @param pathPrefix a prefix of the path that is taken away if it is there, such as
 * {@code /prod}; empty for none
 * @param origin the origin whose pages may read the answers, the same as the gateway's
 * stage variable {@code webOrigin}; empty for none
 */
@ConfigurationProperties("punctual.web")
record WebProperties(@DefaultValue("256KB") DataSize maxBodySize, @DefaultValue("") String pathPrefix,
		@DefaultValue("") String origin) {

}
