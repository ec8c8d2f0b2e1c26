package io.punctual.infrastructure;

import java.util.stream.Stream;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Snapshots;
import io.punctual.infrastructure.support.Synthesised;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every stack of production is as somebody has read it.
 */
@NeedsNode
class SnapshotTests {

	@TestFactory
	Stream<DynamicTest> stackIsAsItWasRead() {
		return Synthesised.production()
			.stacks()
			.values()
			.stream()
			.map((template) -> DynamicTest.dynamicTest(template.stack(), () -> Snapshots.assertMatches(template)));
	}

}
