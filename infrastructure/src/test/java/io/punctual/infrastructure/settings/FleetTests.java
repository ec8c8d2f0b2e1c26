package io.punctual.infrastructure.settings;

import java.util.stream.Stream;

import io.punctual.infrastructure.settings.Fleet.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Fleet}.
 */
class FleetTests {

	static Stream<Environment> environments() {
		return Stream.of(Environment.staging(), Environment.production());
	}

	@ParameterizedTest
	@MethodSource("environments")
	void isRaisedToWhatFargateStartsWithOnWindows(Environment environment) {
		JsonNode least = JsonMapper.shared().readTree(Repository.file("release/windows.json").toFile()).path("least");
		Environment windows = environment.on(Platform.WINDOWS);
		for (Service service : Service.values()) {
			Tasks tasks = windows.fleet().of(service);
			assertThat(tasks.cpu()).isGreaterThanOrEqualTo(1024).isGreaterThanOrEqualTo(least.path("cpu").asInt());
			assertThat(tasks.memoryMib()).isGreaterThanOrEqualTo(2048)
				.isGreaterThanOrEqualTo(least.path("memory").asInt());
			assertThat(tasks.fewest()).isEqualTo(environment.fleet().of(service).fewest());
			assertThat(tasks.most()).isEqualTo(environment.fleet().of(service).most());
		}
	}

	/**
	 * Also in staging: a floor that nobody ever raised is no proof that it can be.
	 */
	@ParameterizedTest
	@MethodSource("environments")
	void hasAHigherFloorWhileAReleaseIsDeployed(Environment environment) {
		for (Service service : Service.values()) {
			Tasks tasks = environment.fleet().of(service);
			assertThat(tasks.deploying()).isGreaterThan(tasks.fewest()).isLessThanOrEqualTo(tasks.most());
		}
	}

	@ParameterizedTest
	@MethodSource("environments")
	void staysAsItIsOnEitherProcessorOfLinux(Environment environment) {
		assertThat(environment.on(Platform.X86_64).fleet()).isEqualTo(environment.on(Platform.ARM64).fleet());
		assertThat(environment.fleet().of(Service.SLA).cpu()).isLessThan(1024);
	}

	@ParameterizedTest
	@CsvSource({ "256, 512", "256, 2048", "512, 1024", "512, 4096", "1024, 2048", "1024, 8192", "2048, 4096",
			"4096, 30720" })
	void takesWhatFargateHas(int cpu, int memory) {
		assertThat(new Tasks(cpu, memory, 1, 1, 1).memoryMib()).isEqualTo(memory);
	}

	@ParameterizedTest
	@CsvSource({ "128, 1024", "256, 4096", "512, 512", "1024, 1024", "1024, 2500", "2048, 2048", "4096, 4096" })
	void refusesWhatFargateHasNot(int cpu, int memory) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Tasks(cpu, memory, 1, 1, 1))
			.withMessageContaining(String.valueOf(memory));
	}

	@Test
	void refusesFloorsAboveItsCeiling() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Tasks(256, 1024, 2, 1, 3));
		assertThatIllegalArgumentException().isThrownBy(() -> new Tasks(256, 1024, 1, 4, 3));
	}

}
