package io.punctual.infrastructure.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Properties;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The file that says where the environments are.
 */
class PlaceTests {

	private final Properties properties = new Properties();

	@BeforeEach
	void load() throws IOException {
		try (var reader = Files.newBufferedReader(Repository.file(Place.FILE))) {
			this.properties.load(reader);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "staging", "production" })
	void saysAllOfEachEnvironment(String environment) {
		assertThat(Place.of(environment)).isEqualTo(Place.of(environment, this.properties));
	}

	@ParameterizedTest
	@CsvSource({ "account, 12345", "domain, https://punctual.example", "hostedZone, /hostedzone/Z0123456789ABC",
			"operators, operators", "connection, punctual", "anomalyMonitor, none" })
	void refusesWhatAnAccountWouldRefuseMinutesLater(String name, String value) {
		this.properties.setProperty("staging." + name, value);
		assertThatIllegalArgumentException().isThrownBy(() -> Place.of("staging", this.properties))
			.withMessageContaining(name)
			.withMessageContaining(Place.FILE);
	}

	@Test
	void saysWhatIsMissing() {
		this.properties.remove("staging.operators");
		assertThatIllegalArgumentException().isThrownBy(() -> Place.of("staging", this.properties))
			.withMessageContaining("has no staging.operators");
	}

	@Test
	void everyKeyIsEnteredAtSomeStepOfTheBootstrap() throws IOException {
		String page = Files.readString(Repository.file("docs/bootstrap.md"));
		assertThat(this.properties.stringPropertyNames())
			.allSatisfy((key) -> assertThat(page).contains("`" + key.replaceFirst("\\w+\\.", "") + "`"));
	}

}
