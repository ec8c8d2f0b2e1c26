package io.punctual.infrastructure.budget;

import java.util.List;
import java.util.TreeSet;

import io.punctual.infrastructure.budget.CostLines.Line;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing is built that the cost page has not thought of.
 */
@NeedsNode
class CostResourcesTests {

	private final List<CostLines.Resource> resources = CostLines.resources();

	@Test
	void everyTypeOfResourceHasLinesOrAReasonWhyItHasNone() {
		TreeSet<String> built = new TreeSet<>();
		List.of(Environment.staging(), Environment.production())
			.forEach((environment) -> Synthesised.of(environment)
				.stacks()
				.values()
				.forEach((stack) -> stack.resources().forEach((resource) -> built.add(resource.type()))));
		assertThat(this.resources).extracting(CostLines.Resource::type).containsExactlyElementsOf(built);
		assertThat(this.resources).allSatisfy(
				(resource) -> assertThat(!resource.lines().isEmpty() || !resource.why().isBlank()).as(resource.type())
					.isTrue());
	}

	@Test
	void everyLineIsOfAResource() {
		assertThat(new TreeSet<>(this.resources.stream().flatMap((resource) -> resource.lines().stream()).toList()))
			.isEqualTo(new TreeSet<>(new CostLines().all().stream().map(Line::name).toList()));
	}

}
