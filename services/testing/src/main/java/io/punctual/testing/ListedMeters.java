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
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;

/**
 * Compares the meters that a service has with the list of those that are published.
 */
public final class ListedMeters {

	/** The publisher counts itself, where it publishes. */
	private static final String PUBLISHER = "punctual.metrics.published";

	/** The tag whose values differ from service to service. */
	private static final String SOURCE = "source";

	private ListedMeters() {
	}

	/**
	 * What the list says of a service's meters and is not so: that they are there, as
	 * what they are measured, in which unit, and the values of their tags.
	 * @param registry the service's meters
	 * @param service the service
	 * @return nothing, if the list is right
	 */
	public static Set<String> differences(MeterRegistry registry, String service) {
		Set<String> differences = new TreeSet<>();
		ListOfMeters list = read();
		for (Listed listed : list.meters()) {
			if (!listed.services().contains(service)) {
				continue;
			}
			List<Meter> meters = registry.getMeters()
				.stream()
				.filter((meter) -> meter.getId().getName().equals(listed.meter()))
				.toList();
			if (meters.isEmpty() && !listed.meter().equals(PUBLISHER)) {
				differences.add(listed.metric() + " is listed, and there is no such meter");
			}
			meters.forEach((meter) -> {
				String sent = measurement(meter) + " in " + unit(meter);
				if (!sent.equals(listed.measurement() + " in " + listed.unit())) {
					differences.add(listed.metric() + " is listed in " + listed.unit() + " and sent as " + sent);
				}
			});
			listed.dimensions().forEach((dimension, values) -> {
				Set<String> found = meters.stream()
					.map((meter) -> String.valueOf(meter.getId().getTag(dimension)))
					.collect(Collectors.toCollection(TreeSet::new));
				List<String> wanted = dimension.equals(SOURCE) ? list.sources().getOrDefault(service, List.of())
						: values;
				if (!found.equals(new TreeSet<>(wanted))) {
					differences
						.add(listed.metric() + " has other values of " + dimension + " than are listed: " + found);
				}
			});
		}
		return differences;
	}

	/** Which of its measurements CloudWatch's registry sends of a meter. */
	private static String measurement(Meter meter) {
		return switch (meter) {
			case Counter _ -> "count";
			case Timer _ -> "max";
			default -> "value";
		};
	}

	/** The unit that CloudWatch's registry makes of a meter's. */
	private static String unit(Meter meter) {
		return switch (meter) {
			case Counter _ -> "Count";
			case Timer _ -> "Milliseconds";
			default -> "seconds".equals(meter.getId().getBaseUnit()) ? "Seconds" : "None";
		};
	}

	private static ListOfMeters read() {
		try (var yaml = new ClassPathResource("punctual-meters.yaml").getInputStream()) {
			return JsonMapper.shared().convertValue(new Yaml().<Object>load(yaml), ListOfMeters.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	private record ListOfMeters(Map<String, List<String>> sources, List<Listed> meters) {
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	private record Listed(String metric, List<String> services, Map<String, List<String>> dimensions, String unit) {

		Listed {
			dimensions = Objects.requireNonNullElse(dimensions, Map.of());
		}

		private String meter() {
			return this.metric.substring(0, this.metric.lastIndexOf('.'));
		}

		private String measurement() {
			return this.metric.substring(this.metric.lastIndexOf('.') + 1);
		}

	}

}
