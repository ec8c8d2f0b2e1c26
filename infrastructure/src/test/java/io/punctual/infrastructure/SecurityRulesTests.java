package io.punctual.infrastructure;

import java.util.stream.Stream;

import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of AwsSolutions hold, or somebody has said why not.
 */
@NeedsNode
class SecurityRulesTests {

	static Stream<Environment> environments() {
		return Stream.of(Environment.production(), Environment.staging());
	}

	@ParameterizedTest
	@MethodSource("environments")
	void leavesNoFindingUnexplained(Environment environment) {
		Synthesised synthesised = Synthesised.of(environment);
		assertThat(synthesised.errors()).isEmpty();
		assertThat(synthesised.stacks().keySet()).isNotEmpty()
			.allSatisfy((stack) -> assertThat(synthesised.securityReport(stack)).as(stack)
				.isNotEmpty()
				.noneMatch((line) -> line.contains("\"Non-Compliant\"") || line.contains("\"UNKNOWN\"")));
	}

	@ParameterizedTest
	@MethodSource("environments")
	void looksAtWhatMatters(Environment environment) {
		assertThat(Synthesised.of(environment).securityReport("Data"))
			.anyMatch((line) -> line.contains("AwsSolutions-RDS2") && line.contains("\"Compliant\""));
	}

}
