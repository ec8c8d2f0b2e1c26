package io.punctual.sla.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.MaintenanceWindow;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Promises of notice: maintenance is announced so long before its window, each time that
 * the window is set or moved. Such a clock counts back from the window's start; the
 * announcement starts and stops it.
 */
@Component
class NoticePeriods {

	private static final String CANCELLED = "CANCELLED";

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	private final Clocks clocks;

	NoticePeriods(JdbcClient jdbc, JdbcTemplate batches, Clocks clocks) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.clocks = clocks;
	}

	/**
	 * Takes note of windows, each once: later updates repeat them.
	 */
	void published(List<SaidTogether.Of<UpdatePublished>> events) {
		List<Object[]> rows = new ArrayList<>();
		for (SaidTogether.Of<UpdatePublished> one : events) {
			UpdatePublished update = one.data();
			MaintenanceWindow window = update.window();
			if (window != null && !CANCELLED.equals(update.state())) {
				rows.add(new Object[] { update.noticeId(), window.sequence(), update.updateId(),
						DatabaseTime.toColumn(update.publishedAt()), DatabaseTime.toColumn(window.start()),
						DatabaseTime.toColumn(window.end()) });
			}
		}
		if (!rows.isEmpty()) {
			this.batches.batchUpdate("""
					INSERT INTO maintenance_window (notice_id, sequence, update_id, announced_at, window_start,
					  window_end) VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE sequence = VALUES(sequence)""",
					rows);
		}
	}

	/**
	 * Starts and stops the clocks of those to whom a window was announced. Whoever
	 * becomes a client later was promised no notice of it.
	 */
	void owed(List<Obligations.Owing> pages) {
		List<Obligations.Owing> promised = pages.stream()
			.filter((page) -> noticePeriod(page.agreement()) != null && !page.update().supplementary())
			.toList();
		if (promised.isEmpty()) {
			return;
		}
		Map<String, Instant> windows = windows(
				promised.stream().map((page) -> page.update().updateId()).distinct().toList());
		List<Promise> promises = new ArrayList<>();
		Map<String, Map<String, Fact>> announced = new TreeMap<>();
		for (Obligations.Owing page : promised) {
			UpdateOwed update = page.update();
			Instant start = windows.get(update.updateId());
			Duration period = noticePeriod(page.agreement());
			if (start != null && period != null) {
				Map<String, Fact> clients = announced.computeIfAbsent(update.noticeId(), (key) -> new TreeMap<>());
				for (UpdateOwed.Owed owed : update.owed()) {
					promises.add(new Promise(owed.clientId(), Objective.NOTICE_PERIOD, update.noticeId(),
							update.updateId(), update.updateId(), null, update.drill(), page.agreement(), period,
							page.fact().at(start)));
					clients.put(owed.clientId(), page.fact());
				}
			}
		}
		this.clocks.start(promises);
		this.clocks.stopByClient(Objective.NOTICE_PERIOD, announced);
	}

	private static @Nullable Duration noticePeriod(AgreementTerms agreement) {
		return (agreement.maintenance() != null) ? agreement.maintenance().noticePeriod() : null;
	}

	/** The windows' starts, by the updates that announced them. */
	private Map<String, Instant> windows(List<String> updateIds) {
		Map<String, Instant> windows = new HashMap<>();
		this.jdbc.sql("SELECT update_id, window_start FROM maintenance_window WHERE update_id IN (:updates)")
			.param("updates", updateIds)
			.query((row) -> {
				windows.put(row.getString(1), DatabaseTime.fromColumn(row.getObject(2, LocalDateTime.class)));
			});
		return windows;
	}

}
