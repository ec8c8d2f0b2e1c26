package io.punctual.shared.observability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Gives every service the settings of {@code punctual-defaults.yaml}, below everything
 * that the service or its surroundings say.
 */
class DefaultsPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String DEFAULTS = "punctual-defaults.yaml";

	/** {@code ecs}, {@code logstash}, {@code gelf}, or {@code plain} for people. */
	private static final String LOG_FORMAT = "punctual.log.format";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		try {
			new YamlPropertySourceLoader().load(DEFAULTS, new ClassPathResource(DEFAULTS))
				.forEach(environment.getPropertySources()::addLast);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		String format = environment.getProperty(LOG_FORMAT, "ecs");
		if (!format.equals("plain")) {
			environment.getPropertySources()
				.addLast(new MapPropertySource("punctual-log-format",
						Map.of("logging.structured.format.console", format)));
		}
	}

	@Override
	public int getOrder() {
		return ConfigDataEnvironmentPostProcessor.ORDER + 1;
	}

}
