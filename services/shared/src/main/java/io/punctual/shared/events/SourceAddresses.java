package io.punctual.shared.events;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.springframework.core.env.Environment;

/**
 * Where the other services are: {@code punctual.sources.<service>.url}, by default the
 * ports of a laptop. And how long events may gather there before they are sent, so that
 * many travel and are applied together: {@code punctual.sources.<service>.gather}, by
 * default not at all.
 */
class SourceAddresses {

	private static final Map<String, String> LAPTOP = Map.of("clients", "http://localhost:8081", "notices",
			"http://localhost:8082", "delivery", "http://localhost:8083", "sla", "http://localhost:8084");

	private final Environment environment;

	SourceAddresses(Environment environment) {
		this.environment = environment;
	}

	Duration gather(String source) {
		return this.environment.getProperty("punctual.sources." + source + ".gather", Duration.class, Duration.ZERO);
	}

	URI of(String source) {
		String url = this.environment.getProperty("punctual.sources." + source + ".url",
				LAPTOP.getOrDefault(source, ""));
		if (url.isEmpty()) {
			throw new SourceUnavailableException("has no address: set punctual.sources." + source + ".url", null);
		}
		return URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
	}

}
