package io.punctual.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;

/**
 * Compares the meters that a service has with the list of those that are published.
 */
public final class ListedMeters {

	/** The publisher counts itself, where it publishes. */
	private static final String PUBLISHER = "punctual.metrics.published";

	private ListedMeters() {
	}

	/**
	 * What the list says of a service's meters and is not so.
	 * @param registry the service's meters
	 * @param service the service
	 * @return nothing, if the list is right
	 */
	public static Set<String> differences(MeterRegistry registry, String service) {
		Set<String> differences = new TreeSet<>();
		for (Listed listed : read()) {
			if (!listed.services().contains(service)) {
				continue;
			}
			String name = listed.metric().substring(0, listed.metric().lastIndexOf('.'));
			List<Meter> meters = registry.getMeters()
				.stream()
				.filter((meter) -> meter.getId().getName().equals(name))
				.toList();
			if (meters.isEmpty() && !name.equals(PUBLISHER)) {
				differences.add(listed.metric() + " is listed, and there is no such meter");
			}
			listed.dimensions().forEach((dimension, values) -> {
				Set<String> found = meters.stream()
					.map((meter) -> String.valueOf(meter.getId().getTag(dimension)))
					.collect(Collectors.toCollection(TreeSet::new));
				found.removeAll(values);
				found.forEach((value) -> differences
					.add(listed.metric() + " has a " + dimension + " that is not listed: " + value));
			});
		}
		return differences;
	}

	private static List<Listed> read() {
		try (var yaml = new ClassPathResource("punctual-meters.yaml").getInputStream()) {
			return JsonMapper.shared().convertValue(new Yaml().<Object>load(yaml), ListOfMeters.class).meters();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record ListOfMeters(List<Listed> meters) {
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	private record Listed(String metric, List<String> services, Map<String, List<String>> dimensions) {

		Listed {
			dimensions = Objects.requireNonNullElse(dimensions, Map.of());
		}

	}

}
