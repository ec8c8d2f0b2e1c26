package io.punctual.sla.clock;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import io.punctual.shared.contract.ClockJudged;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.events.SnapshotSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells a new reader which promises are at risk or broken and still open.
 */
@Component
class ClockSnapshot implements SnapshotSource {

	private static final int PAGE = 1_000;

	private final JdbcClient jdbc;

	ClockSnapshot(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public void writeTo(Consumer<NewEvent> out) {
		String after = "";
		List<Clock> page;
		do {
			page = this.jdbc
				.sql("SELECT " + ClockRows.COLUMNS + " FROM clock c WHERE c.state IN ('AT_RISK', 'BREACHED')"
						+ " AND c.stopped_at IS NULL AND c.clock_id > ? ORDER BY c.clock_id LIMIT " + PAGE)
				.param(after)
				.query(ClockRows::map)
				.list();
			for (Clock clock : page) {
				boolean atRisk = clock.state() == ClockState.AT_RISK;
				Instant at = atRisk ? clock.atRiskAt() : clock.dueAt();
				out.accept(new NewEvent(atRisk ? ClockJudged.AT_RISK : ClockJudged.BREACHED, clock.clockId(), at,
						clock.judged(at, clock.attribution())));
				after = clock.clockId();
			}
		}
		while (page.size() == PAGE);
	}

}
