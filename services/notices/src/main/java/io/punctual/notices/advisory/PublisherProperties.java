package io.punctual.notices.advisory;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who publishes advisories (CSAF 2.0, 3.2.1.8).
 *
 * @param name the provider's name, also the vendor's in product trees
 * @param namespace the provider's address, which makes its documents' ids unique
 * @param contact how to reach whoever is responsible; left out if it is not said
 */
@ConfigurationProperties("punctual.publisher")
public record PublisherProperties(@DefaultValue("The provider") String name,
		@DefaultValue("https://punctual.example") URI namespace, @Nullable String contact) {
}
