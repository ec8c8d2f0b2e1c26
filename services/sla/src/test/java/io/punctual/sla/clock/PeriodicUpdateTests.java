package io.punctual.sla.clock;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.punctual.shared.calendar.CalendarDefinition;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.ClientUpserted;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.id.Ids;
import io.punctual.shared.transaction.Transactions;
import io.punctual.sla.Said;
import io.punctual.testing.PunctualTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The next update is promised in the agreement's calendar, over a night, a weekend and
 * the days on which clocks are changed.
 */
@PunctualTest(properties = "punctual.events.reading=false")
class PeriodicUpdateTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final List<DayOfWeek> WEEK = Arrays.asList(DayOfWeek.values());

	@Autowired
	private List<EventSubscriber> subscribers;

	@Autowired
	private Transactions transactions;

	@Autowired
	private Judge judge;

	@Autowired
	private JdbcClient jdbc;

	private long position;

	/** The first of the calendar's own vectors, which are counted minute by minute. */
	@ParameterizedTest
	@CsvSource({ "5, 09:00-17:00, 2026-03-27T16:00:00Z, PT4H, 2026-03-30T11:00:00Z",
			"7, 00:00-04:00, 2026-03-29T00:00:00Z, PT3H, 2026-03-29T03:00:00Z",
			"7, 00:00-04:00, 2026-03-29T00:00:00Z, PT3H1M, 2026-03-29T23:01:00Z",
			"7, 00:00-04:00, 2026-10-24T23:00:00Z, PT5H, 2026-10-25T04:00:00Z",
			"7, 00:00-04:00, 2026-10-24T23:00:00Z, PT5H1M, 2026-10-26T00:01:00Z" })
	void nextUpdateIsInTimeUpToTheInstantThatTheCalendarSays(int days, String hours, Instant published, Duration target,
			Instant due) {
		AgreementTerms.Calendar calendar = new AgreementTerms.Calendar(Ids.next("cal"), 1,
				new CalendarDefinition("Europe/London",
						WEEK.subList(0, days)
							.stream()
							.collect(Collectors.toMap((day) -> day.name().substring(0, 3), (day) -> List.of(hours))),
						Map.of()));
		assertThat(verdict(calendar, published, target, due, due)).isEqualTo(ClockState.MET);
		assertThat(verdict(calendar, published, target, due, due.plusMillis(1))).isEqualTo(ClockState.BREACHED);
	}

	private ClockState verdict(AgreementTerms.Calendar calendar, Instant published, Duration target, Instant due,
			Instant next) {
		Said said = promised(calendar, target);
		apply("clients", "client.upserted", said.clientId(), published, said.client(ClientUpserted.State.ACTIVE));
		apply("notices", "update.published", said.noticeId(), published, said.published(published));
		apply("notices", "update.owed", said.noticeId(), published, said.owed(published));
		assertThat(clock(said, Clock::dueAt)).isEqualTo(due);
		apply("notices", "update.published", said.noticeId(), next,
				new UpdatePublished(said.noticeId(), Ids.next("upd"), 2, NoticeKind.INCIDENT, "RESOLVED",
						Severity.CRITICAL, "Outage", "It is over", List.of(), List.of(), null, next, null, false, true,
						1));
		// The service's own timer looks at the same clocks, and whoever holds one is
		// passed over.
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
			this.judge.judge("notices", new Horizon.Reach(next.plusSeconds(1), "test"));
			return clock(said, Clock::state) != ClockState.RUNNING && clock(said, Clock::state) != ClockState.AT_RISK;
		});
		return clock(said, Clock::state);
	}

	private static Said promised(AgreementTerms.Calendar calendar, Duration target) {
		Said plain = Said.with(Map.of(Objective.PERIODIC_UPDATE, target), false);
		AgreementTerms terms = new AgreementTerms(plain.terms().agreementId(), 1, "Gold", calendar,
				plain.terms().channels(), plain.terms().targets(), false);
		return new Said(plain.clientId(), plain.noticeId(), plain.updateId(), plain.obligationId(), plain.deliveryId(),
				plain.endpointId(), terms);
	}

	private void apply(String source, String type, String subject, Instant time, Object data) {
		this.position++;
		Event event = new Event(this.position, "e-" + subject + this.position, source, type, subject, time, "test",
				JSON.valueToTree(data));
		for (EventSubscriber subscriber : this.subscribers) {
			if (subscriber.source().equals(source) && subscriber.types().contains(type)) {
				this.transactions.write(() -> subscriber.apply(List.of(event)));
			}
		}
	}

	private <T> T clock(Said said, Function<Clock, T> what) {
		return what.apply(this.jdbc.sql("SELECT " + ClockRows.COLUMNS + " FROM clock c WHERE c.client_id = ?")
			.param(said.clientId())
			.query(ClockRows::map)
			.single());
	}

}
