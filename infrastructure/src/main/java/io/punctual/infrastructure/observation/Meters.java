package io.punctual.infrastructure.observation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.punctual.infrastructure.settings.Service;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;

/**
 * The metrics that the services send, from the very list by which they send them: what is
 * not on it cannot be watched.
 */
final class Meters {

	static final String NAMESPACE = "Punctual";

	private final Map<String, Meter> meters = new TreeMap<>();

	/**
	 * Of each service, by its id, whose events it reads.
	 */
	private final Map<String, List<String>> sources;

	private record Meter(List<String> services, Map<String, List<String>> dimensions, String statistic) {
	}

	@SuppressWarnings("unchecked")
	Meters() {
		try (@Nullable
		InputStream list = Meters.class.getResourceAsStream("/punctual-meters.yaml")) {
			if (list == null) {
				throw new IllegalStateException("punctual-meters.yaml of services/aws is not there");
			}
			Map<String, Object> all = new Yaml().load(list);
			this.sources = (Map<String, List<String>>) Objects.requireNonNull(all.get("sources"));
			for (Map<String, Object> meter : (List<Map<String, Object>>) Objects.requireNonNull(all.get("meters"))) {
				this.meters.put((String) Objects.requireNonNull(meter.get("metric")),
						new Meter((List<String>) Objects.requireNonNull(meter.get("services")),
								(Map<String, List<String>>) meter.getOrDefault("dimensions", Map.of()),
								(String) Objects.requireNonNull(meter.get("statistic"))));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The metric of a service, read as the list says, minute by minute.
	 */
	Metric of(Service service, String name) {
		return of(service, name, Map.of());
	}

	/**
	 * The metric of a service with a value of its further dimension.
	 */
	Metric of(Service service, String name, Map<String, String> dimensions) {
		Meter meter = this.meters.get(name);
		if (meter == null) {
			throw new IllegalArgumentException("no service sends " + name);
		}
		if (!meter.services().contains(service.id()) || !meter.dimensions().keySet().equals(dimensions.keySet())
				|| !dimensions.entrySet()
					.stream()
					.allMatch((entry) -> meter.dimensions()
						.getOrDefault(entry.getKey(), List.of())
						.contains(entry.getValue()))) {
			throw new IllegalArgumentException(service.id() + " does not send " + name + " with " + dimensions);
		}
		Map<String, String> all = new TreeMap<>(dimensions);
		all.put("Service", service.id());
		return Metric.Builder.create()
			.namespace(NAMESPACE)
			.metricName(name)
			.dimensionsMap(all)
			.statistic(meter.statistic())
			.period(Duration.minutes(1))
			.label((service.id() + " " + String.join(" ", dimensions.values())).trim())
			.build();
	}

	/**
	 * The same metric of each service.
	 */
	List<Metric> ofEach(String name) {
		return Arrays.stream(Service.values()).map((service) -> of(service, name)).toList();
	}

	/**
	 * The same metric of each reader of each service.
	 */
	List<Metric> ofEachReader(String name) {
		return Arrays.stream(Service.values())
			.flatMap(
					(service) -> sources(service).stream().map((source) -> of(service, name, Map.of("source", source))))
			.toList();
	}

	/**
	 * Whose events a service reads.
	 */
	List<String> sources(Service service) {
		return this.sources.getOrDefault(service.id(), List.of());
	}

	/**
	 * The same metric with each value of the further dimension.
	 */
	List<Metric> ofEachValue(Service service, String name, String dimension) {
		Meter meter = this.meters.get(name);
		if (meter == null) {
			throw new IllegalArgumentException("no service sends " + name);
		}
		return meter.dimensions()
			.getOrDefault(dimension, List.of())
			.stream()
			.map((value) -> of(service, name, Map.of(dimension, value)))
			.toList();
	}

}
