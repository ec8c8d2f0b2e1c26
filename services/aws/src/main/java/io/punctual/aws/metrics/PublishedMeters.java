package io.punctual.aws.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * The allow-list of metrics. As a filter it lets through the listed meters of one service
 * and takes from them the tags that are not listed.
 */
final class PublishedMeters implements MeterFilter {

	/** The one dimension that every metric has. */
	static final String SERVICE = "Service";

	private static final String LIST = "punctual-meters.yaml";

	private final Set<String> metrics;

	private final Map<String, Set<String>> tagsOfMeters = new HashMap<>();

	PublishedMeters(String service, List<PublishedMeter> list) {
		List<PublishedMeter> own = list.stream().filter((one) -> one.services().contains(service)).toList();
		this.metrics = own.stream().map(PublishedMeter::metric).collect(Collectors.toUnmodifiableSet());
		own.forEach((one) -> this.tagsOfMeters.computeIfAbsent(one.meter(), (_) -> new HashSet<>(Set.of(SERVICE)))
			.addAll(one.dimensions().keySet()));
	}

	static PublishedMeters of(String service) {
		return new PublishedMeters(service, read());
	}

	static List<PublishedMeter> read() {
		try {
			List<PropertySource<?>> sources = new YamlPropertySourceLoader().load(LIST, new ClassPathResource(LIST));
			return new Binder(ConfigurationPropertySources.from(sources))
				.bind("meters", Bindable.listOf(PublishedMeter.class))
				.get()
				.stream()
				.map((one) -> (one.dimensions() != null) ? one
						: new PublishedMeter(one.metric(), one.services(), Map.of(), one.statistic(), one.unit(),
								one.says()))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Whether a metric of this name may be sent. */
	boolean contains(@Nullable String metric) {
		return metric != null && this.metrics.contains(metric);
	}

	@Override
	public MeterFilterReply accept(Meter.Id id) {
		return this.tagsOfMeters.containsKey(id.getName()) ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
	}

	@Override
	public Meter.Id map(Meter.Id id) {
		Set<String> listed = this.tagsOfMeters.getOrDefault(id.getName(), Set.of());
		List<Tag> kept = id.getTags().stream().filter((tag) -> listed.contains(tag.getKey())).toList();
		return (kept.size() != id.getTags().size()) ? id.replaceTags(kept) : id;
	}

}
