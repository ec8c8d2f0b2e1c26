package io.punctual.shared.events;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this service keeps its log and reads the others'.
 *
 * @param source this service's name in its events; by default
 * {@code spring.application.name}
 * @param watchInterval how often the log's head is looked at while somebody waits for
 * another instance's events
 * @param retention how long events are kept
 * @param reading whether the readers run by themselves; if not, only
 * {@link EventReader#pull()} reads
 * @param pollWait how long a reader waits at the source for events
 * @param pageSize how many events a reader takes at once
 */
@ConfigurationProperties("punctual.events")
public record EventProperties(@Nullable String source, @DefaultValue("5ms") Duration watchInterval,
		@DefaultValue("35d") Duration retention, @DefaultValue("true") boolean reading,
		@DefaultValue("20s") Duration pollWait, @DefaultValue("500") int pageSize) {
}
