package io.punctual.notices.obligation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
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

	private static final int BATCH = 1000;

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
		List<Settled> settled = new ArrayList<>();
		List<Acknowledged> acknowledged = new ArrayList<>();
		for (Event event : events) {
			if (event.type().equals("deliveries.settled")) {
				settled.addAll(event.data(SettledGroup.class).items());
			}
			else {
				acknowledged.add(event.data(Acknowledged.class));
			}
		}
		this.jdbc.batchUpdate("""
				UPDATE obligation SET last_outcome = ?, last_reason = ?, satisfied_at = COALESCE(satisfied_at, ?)
				WHERE obligation_id = ?""", settled, BATCH, (statement, item) -> {
			statement.setString(1, item.outcome());
			statement.setString(2, shorten(item.reason()));
			statement.setObject(3, DatabaseTime.toNullableColumn(item.obligationSatisfiedAt()));
			statement.setString(4, item.obligationId());
		});
		this.jdbc.batchUpdate(
				"UPDATE obligation SET acknowledged_at = COALESCE(acknowledged_at, ?) WHERE obligation_id = ?",
				acknowledged, BATCH, (statement, item) -> {
					statement.setObject(1, DatabaseTime.toColumn(item.at()));
					statement.setString(2, item.obligationId());
				});
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
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Acknowledged(String obligationId, Instant at) {
	}

}
