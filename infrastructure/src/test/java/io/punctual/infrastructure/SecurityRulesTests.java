package io.punctual.infrastructure;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of AwsSolutions hold, or somebody has said why not.
 */
@NeedsNode
class SecurityRulesTests {

	@Test
	void leavesNoFindingUnexplainedInProduction() {
		assertThat(Synthesised.production().errors()).isEmpty();
	}

	@Test
	void leavesNoFindingUnexplainedInStaging() {
		assertThat(Synthesised.staging().errors()).isEmpty();
	}

}
