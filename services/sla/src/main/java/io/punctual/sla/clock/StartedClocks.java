package io.punctual.sla.clock;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.punctual.shared.bulk.BulkInsert;
import io.punctual.shared.bulk.BulkUpdate.Type;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.id.Ids;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * Adds clocks: those of one update to many clients have nearly everything in common.
 */
@Repository
class StartedClocks {

	private static final BulkInsert STARTED = BulkInsert.into("clock")
		.own("clock_id", Type.CODE)
		.own("client_id", Type.CODE)
		.own("about", Type.CODE)
		.own("obligation_id", Type.CODE)
		.common("objective", "notice_id", "update_id", "drill", "agreement_id", "agreement_version", "calendar_id",
				"calendar_version", "counts_recipient_miss", "target_ms", "start_at", "start_source", "start_type",
				"start_position", "start_event", "at_risk_at", "due_at", "period", "state", "evidence", "next_at")
		.ifPresent("clock.clock_id = clock.clock_id")
		.build();

	private final JdbcTemplate jdbc;

	private final TermsStore terms;

	StartedClocks(JdbcTemplate jdbc, TermsStore terms) {
		this.jdbc = jdbc;
		this.terms = terms;
	}

	/**
	 * Adds those that are not there.
	 */
	void add(List<Promise> promises) {
		Map<Together, List<@Nullable Object>> common = new HashMap<>();
		BulkInsert.Rows rows = STARTED.rows();
		for (Promise promise : promises) {
			Together together = Together.of(promise);
			List<@Nullable Object> values = common.get(together);
			if (values == null) {
				this.terms.keep(promise.terms());
				values = common(promise, promise.schedule());
				common.put(together, values);
			}
			rows.add(values, Ids.next("clk"), promise.clientId(), promise.about(), promise.obligationId());
		}
		rows.insert(this.jdbc);
	}

	private static List<@Nullable Object> common(Promise promise, Promise.Schedule schedule) {
		Fact start = promise.start();
		return Arrays.<@Nullable Object>asList(promise.objective().name(), promise.noticeId(), promise.updateId(),
				promise.drill(), promise.terms().agreementId(), promise.terms().version(),
				promise.terms().calendar().calendarId(), promise.terms().calendar().version(),
				promise.terms().countsRecipientMiss(), promise.target().toMillis(), DatabaseTime.toColumn(start.at()),
				start.source(), start.type(), start.position(), start.eventId(),
				DatabaseTime.toColumn(schedule.atRiskAt()), DatabaseTime.toColumn(schedule.dueAt()), schedule.period(),
				ClockState.RUNNING.name(), Promise.evidence(promise.objective()),
				DatabaseTime.toColumn(schedule.atRiskAt()));
	}

	/** Whose clocks differ only in the client and in what they are about. */
	private record Together(Objective objective, String noticeId, @Nullable String updateId, boolean drill,
			String agreementId, int agreementVersion, Duration target, Fact start) {

		private static Together of(Promise promise) {
			return new Together(promise.objective(), promise.noticeId(), promise.updateId(), promise.drill(),
					promise.terms().agreementId(), promise.terms().version(), promise.target(), promise.start());
		}

	}

}
