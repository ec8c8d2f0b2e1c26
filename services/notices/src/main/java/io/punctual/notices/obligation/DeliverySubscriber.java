package io.punctual.notices.obligation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.punctual.shared.bulk.BulkUpdate.Type;
import io.punctual.shared.bulk.BulkUpdate;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Notes beside each obligation what {@code delivery} says of it, so that one request
 * tells who has an update and who has not. The evidence itself stays with
 * {@code delivery}.
 */
@Component
class DeliverySubscriber implements EventSubscriber {

	private static final BulkUpdate SETTLED = BulkUpdate.of("obligation", "obligation_id")
		.value("outcome", Type.CODE)
		.value("reason", Type.TEXT)
		.value("satisfied", Type.INSTANT)
		.setting("last_outcome = v.outcome")
		.setting("last_reason = v.reason")
		.setting("satisfied_at = COALESCE(t.satisfied_at, v.satisfied)")
		.build();

	private static final BulkUpdate ACKNOWLEDGED = BulkUpdate.of("obligation", "obligation_id")
		.value("acknowledged", Type.INSTANT)
		.setting("acknowledged_at = COALESCE(t.acknowledged_at, v.acknowledged)")
		.build();

	private static final int REASON_LENGTH = 200;

	private final JdbcTemplate jdbc;

	DeliverySubscriber(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public String source() {
		return "delivery";
	}

	@Override
	public Set<String> types() {
		return Set.of("deliveries.settled", "obligation.acknowledged");
	}

	@Override
	public Set<String> ignores() {
		return Set.of("endpoint.verified", "endpoint.verification_failed", "endpoint.gone", "deliveries.failing");
	}

	@Override
	public void apply(List<Event> events) {
		Map<String, Settled> settled = new TreeMap<>();
		Map<String, Acknowledged> acknowledged = new TreeMap<>();
		for (Event event : events) {
			if (event.type().equals("deliveries.settled")) {
				event.data(SettledGroup.class)
					.items()
					.forEach((item) -> settled.merge(item.obligationId(), item, Settled::then));
			}
			else {
				Acknowledged said = event.data(Acknowledged.class);
				acknowledged.putIfAbsent(said.obligationId(), said);
			}
		}
		SETTLED.run(this.jdbc,
				settled.values()
					.stream()
					.map((item) -> new @Nullable Object[] { item.obligationId(), item.outcome(), shorten(item.reason()),
							DatabaseTime.toNullableColumn(item.obligationSatisfiedAt()) })
					.toList());
		ACKNOWLEDGED.run(this.jdbc,
				acknowledged.values()
					.stream()
					.map((item) -> new Object[] { item.obligationId(), DatabaseTime.toColumn(item.at()) })
					.toList());
	}

	private static @Nullable String shorten(@Nullable String reason) {
		return (reason != null && reason.length() > REASON_LENGTH) ? reason.substring(0, REASON_LENGTH) : reason;
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record SettledGroup(List<Settled> items) {
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Settled(String obligationId, String outcome, @Nullable String reason,
			@Nullable Instant obligationSatisfiedAt) {

		/** The last outcome counts, and the first satisfaction. */
		Settled then(Settled later) {
			return new Settled(later.obligationId, later.outcome, later.reason,
					(this.obligationSatisfiedAt != null) ? this.obligationSatisfiedAt : later.obligationSatisfiedAt);
		}

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Acknowledged(String obligationId, Instant at) {
	}

}
