package io.punctual.infrastructure.observation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.NeedsNode;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What nobody sends cannot be watched.
 */
@NeedsNode
class MetersTests {

	private final Meters meters = new Meters();

	@Test
	void readsAMetricAsTheListSays() {
		var metric = this.meters.of(Service.SLA, "punctual.promises.kept.count", Map.of("objective", "delivery"));
		assertThat(metric.getStatistic()).isEqualTo("Sum");
		assertThat(metric.getDimensions()).isEqualTo(Map.of("Service", "sla", "objective", "delivery"));
	}

	@Test
	void refusesWhatNobodySends() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.meters.of(Service.SLA, "punctual.promises.best"))
			.withMessageContaining("punctual.promises.best");
	}

	@Test
	void refusesAServiceThatDoesNotSendIt() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.meters.of(Service.NOTICES, "punctual.deliveries.oldest_due.value"));
	}

	@Test
	void refusesADimensionOrValueThatIsNotListed() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.meters.of(Service.SLA, "punctual.promises.kept.count"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.meters.of(Service.SLA, "punctual.promises.kept.count", Map.of("objective", "luck")));
	}

	@Test
	void everyMeterOfOursIsPublishedOrListedAsOneThatIsNot() throws IOException {
		Set<String> known = new TreeSet<>();
		Map<String, List<Map<String, Object>>> list = new Yaml()
			.load(MetersTests.class.getResourceAsStream("/punctual-meters.yaml"));
		list.getOrDefault("meters", List.of())
			.forEach((meter) -> known.add(String.valueOf(meter.get("metric")).replaceFirst("\\.[a-z]+$", "")));
		list.getOrDefault("unpublished", List.of()).forEach((meter) -> known.add(String.valueOf(meter.get("meter"))));
		assertThat(made()).hasSizeGreaterThan(20).isEqualTo(ours(known));
	}

	/** The names of meters in all services' sources. */
	private static Set<String> made() throws IOException {
		Set<String> made = new TreeSet<>();
		try (var files = Files.walk(Path.of("../services"))) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".java"))
				.filter((path) -> path.toString().contains("/src/main/") && !path.toString().contains("/testing/"))
				.toList()) {
				// Those of annotations are properties.
				String source = Files.readString(file).replaceAll("@[A-Z][A-Za-z]+\\([^)]*\\)", "");
				Matcher name = Pattern.compile("\"(punctual\\.[a-z_.]+[a-z])\"").matcher(source);
				while (source.contains("io.micrometer") && name.find()) {
					made.add(name.group(1));
				}
			}
		}
		return made;
	}

	private static Set<String> ours(Set<String> meters) {
		return meters.stream()
			.filter((meter) -> meter.startsWith("punctual."))
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
