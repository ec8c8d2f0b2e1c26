package io.punctual.sla.availability;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.punctual.shared.contract.Impact;
import io.punctual.shared.contract.ImpactLevel;
import io.punctual.shared.contract.NoticeCancelled;
import io.punctual.shared.contract.NoticeDetected;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.time.DatabaseTime;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Keeps what was said of components that are impaired. Most updates say nothing of it,
 * and cost nothing here.
 */
@Component("availabilityNoticesSubscriber")
class NoticesSubscriber implements EventSubscriber {

	private final JdbcTemplate batches;

	NoticesSubscriber(JdbcTemplate batches) {
		this.batches = batches;
	}

	@Override
	public String source() {
		return "notices";
	}

	@Override
	public Set<String> types() {
		// All that the clocks want: so that events stay together which are applied
		// together.
		return Set.of(NoticeDetected.TYPE, UpdatePublished.TYPE, UpdateOwed.TYPE, NoticeCancelled.TYPE);
	}

	@Override
	public void apply(List<Event> events) {
		List<Object[]> rows = new ArrayList<>();
		for (Event event : events) {
			if (UpdatePublished.TYPE.equals(event.type())) {
				impaired(event.data(UpdatePublished.class), rows);
			}
		}
		if (!rows.isEmpty()) {
			this.batches.batchUpdate("""
					INSERT INTO component_impact (component_id, update_id, notice_id, seq, kind, drill, level,
					  impaired_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE seq = VALUES(seq)""",
					rows);
		}
	}

	private static void impaired(UpdatePublished update, List<Object[]> rows) {
		for (Impact one : update.impacts()) {
			if (one.level() != ImpactLevel.NONE) {
				rows.add(new Object[] { one.componentId(), update.updateId(), update.noticeId(), update.seq(),
						update.kind().name(), update.drill(), one.level().name(),
						DatabaseTime.toColumn(impairedFrom(update)) });
			}
		}
	}

	/**
	 * What an incident's first update says was so since the provider knew of it: to say
	 * it late makes no outage shorter.
	 */
	private static Instant impairedFrom(UpdatePublished update) {
		Instant detectedAt = update.detectedAt();
		boolean first = update.kind() == NoticeKind.INCIDENT && update.seq() == 1;
		return (first && detectedAt != null && detectedAt.isBefore(update.publishedAt())) ? detectedAt
				: update.publishedAt();
	}

}
