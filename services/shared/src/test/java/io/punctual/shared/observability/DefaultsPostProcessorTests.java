package io.punctual.shared.observability;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class DefaultsPostProcessorTests {

	@Test
	void logsForMachinesUnlessToldOtherwise() {
		assertThat(environment(Map.of()).getProperty("logging.structured.format.console")).isEqualTo("ecs");
		assertThat(
				environment(Map.of("punctual.log.format", "logstash")).getProperty("logging.structured.format.console"))
			.isEqualTo("logstash");
		assertThat(environment(Map.of("punctual.log.format", "plain")).getProperty("logging.structured.format.console"))
			.isNull();
	}

	@Test
	void givesWayToTheService() {
		StandardEnvironment environment = environment(
				Map.of("spring.application.name", "clients", "spring.datasource.username", "somebody"));
		assertThat(environment.getProperty("spring.datasource.username")).isEqualTo("somebody");
		assertThat(environment.getProperty("spring.datasource.url"))
			.startsWith("jdbc:mysql://localhost:3307/clients?connectionTimeZone=UTC&")
			.doesNotContain(" ");
		assertThat(environment.getProperty("spring.threads.virtual.enabled")).isEqualTo("true");
	}

	private static StandardEnvironment environment(Map<String, Object> own) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("own", own));
		new DefaultsPostProcessor().postProcessEnvironment(environment, new SpringApplication());
		return environment;
	}

}
