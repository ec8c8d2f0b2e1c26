package io.punctual.shared.schema;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PunctualServiceTests {

	@Test
	void aWordThatIsNoModeDoesNotStartTheService() {
		assertThat(PunctualService.unknownMode("--server.port=0", "chek")).hasValue("chek");
	}

	@Test
	void propertiesAloneDo() {
		assertThat(PunctualService.unknownMode("--server.port=0", "--spring.profiles.active=aws")).isEmpty();
	}

}
