package io.punctual.infrastructure.support;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NodeCondition}.
 */
class NodeConditionTests {

	@Test
	void saysWhatToInstallWhereThereIsNoNode() {
		assertThat(NodeCondition.evaluate("no-such-node")).satisfies((result) -> {
			assertThat(result.isDisabled()).isTrue();
			assertThat(result.getReason()).get().asString().contains("Node.js 20 or later", "nodejs.org");
		});
	}

	@Test
	void refusesWhatIsNoNode() {
		assertThat(NodeCondition.evaluate("echo").isDisabled()).isTrue();
	}

}
