package io.punctual.sla.statement;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.punctual.shared.calendar.CalendarDefinition;
import io.punctual.shared.calendar.WorkingCalendar;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.ClockJudged.Attribution;
import io.punctual.sla.clock.Clock;
import io.punctual.sla.clock.ClockState;
import io.punctual.sla.clock.DeliveryFacts;
import io.punctual.sla.clock.Fact;
import io.punctual.sla.clock.HeldTime;
import io.punctual.sla.clock.Hold;
import io.punctual.sla.clock.Holds;
import io.punctual.sla.clock.TermsStore;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Whatever was promised and whenever it was kept, a statement comes out again, and with a
 * millisecond more or less it does not.
 */
class RecomputationTests {

	private static final List<CalendarDefinition> CALENDARS = List.of(
			new CalendarDefinition("Europe/London",
					Map.of("MON", List.of("09:00-17:00"), "TUE", List.of("09:00-12:00", "13:00-17:00"), "FRI",
							List.of("00:00-24:00")),
					Map.of("2026-12-25", List.of())),
			new CalendarDefinition("America/New_York",
					Map.of("SUN", List.of("00:00-04:00"), "WED", List.of("10:30-11:00")), Map.of()),
			new CalendarDefinition("Etc/UTC",
					Map.of("MON", List.of("00:00-24:00"), "TUE", List.of("00:00-24:00"), "WED", List.of("00:00-24:00"),
							"THU", List.of("00:00-24:00"), "FRI", List.of("00:00-24:00"), "SAT", List.of("00:00-24:00"),
							"SUN", List.of("00:00-24:00")),
					Map.of()));

	private static final Map<String, UnaryOperator<ObjectNode>> CHANGES = Map.of("/clocks/0/dueAt",
			(line) -> line.put("dueAt", Instant.parse(line.get("dueAt").asString()).plusMillis(1).toString()),
			"/clocks/0/elapsedMillis", (line) -> line.put("elapsedMillis", line.path("elapsedMillis").asLong(0) + 1),
			"/clocks/0/targetMillis", (line) -> line.put("targetMillis", line.get("targetMillis").asLong() - 1),
			"/clocks/0/period", (line) -> line.put("period", "2019-01"), "/clocks/0/state",
			(line) -> line.put("state", "MET".equals(line.get("state").asString()) ? "BREACHED" : "MET"),
			"/clocks/0/result",
			(line) -> line.put("result", "MISSED".equals(line.get("result").asString()) ? "MET" : "MISSED"),
			"/clocks/0/calendarVersion", (line) -> line.put("calendarVersion", 2));

	@Property(tries = 150)
	void comesOutAgainAndNothingElseDoes(@ForAll @IntRange(max = 2) int calendar,
			@ForAll @LongRange(max = 3L * 365 * 86_400_000) long startMillis,
			@ForAll @LongRange(min = 30_000, max = 100L * 3_600_000) long targetMillis,
			@ForAll @LongRange(min = -100_000_000, max = 100_000_000) long early, @ForAll boolean stopped,
			@ForAll boolean recipient, @ForAll boolean counts, @ForAll @IntRange(max = 3) int holds,
			@ForAll @LongRange(max = 200L * 3_600_000) long heldMillis) {
		Statement statement = statement(CALENDARS.get(calendar),
				Instant.parse("2026-01-01T00:00:00Z").plusMillis(startMillis), Duration.ofMillis(targetMillis), early,
				stopped, recipient ? Attribution.RECIPIENT : Attribution.PROVIDER, counts, holds,
				Duration.ofMillis(heldMillis));
		JsonNode said = CanonicalJson.read(CanonicalJson.write(statement));
		Statement read = CanonicalJson.as(said, Statement.class);
		assertThat(read).isEqualTo(statement);
		assertThatNoException().isThrownBy(() -> Recomputation.of(read));
		CHANGES.forEach((what, change) -> {
			ObjectNode changed = (ObjectNode) said.deepCopy();
			change.apply((ObjectNode) changed.at("/clocks/0"));
			assertThatExceptionOfType(StatementFault.class).as(what)
				.isThrownBy(() -> Recomputation.of(CanonicalJson.as(changed, Statement.class)));
		});
		ObjectNode more = (ObjectNode) said.deepCopy();
		((ObjectNode) more.at("/objectives/0")).put("met", 7);
		assertThatExceptionOfType(StatementFault.class)
			.isThrownBy(() -> Recomputation.of(CanonicalJson.as(more, Statement.class)))
			.withMessageContaining("other sums");
		ObjectNode without = (ObjectNode) said.deepCopy();
		without.set("terms", JsonMapper.shared().createArrayNode());
		assertThatExceptionOfType(StatementFault.class)
			.isThrownBy(() -> Recomputation.of(CanonicalJson.as(without, Statement.class)))
			.withMessageContaining("lacks the terms");
	}

	private static Statement statement(CalendarDefinition definition, Instant start, Duration target, long early,
			boolean stopped, Attribution whose, boolean counts, int count, Duration held) {
		AgreementTerms terms = new AgreementTerms("agr_1", 1, "Gold",
				new AgreementTerms.Calendar("cal_1", 1, definition),
				new AgreementTerms.Channels(List.of(AgreementTerms.Channel.WEBHOOK), AgreementTerms.Rule.ANY),
				List.of(new AgreementTerms.Target(Objective.DELIVERY, null, null, target)), counts);
		WorkingCalendar calendar = WorkingCalendar.of(definition);
		List<Hold> holds = holds(calendar, start, target, count, held);
		Instant due = HeldTime.reached(calendar, start, target, intervals(holds));
		assertThat(HeldTime.elapsed(calendar, start, due, intervals(holds))).isEqualTo(target);
		Instant at = due.minusMillis(early);
		Fact stop = stopped ? new Fact(at.isBefore(start) ? start : at, "delivery", "deliveries.settled", 2, "e2")
				: null;
		boolean met = stop != null && !stop.at().isAfter(due);
		String period = YearMonth.from(due.atZone(ZoneId.of(definition.zone()))).toString();
		Clock clock = clock(start, target, due, period, met ? ClockState.MET : ClockState.BREACHED, stop,
				met ? null : whose, counts, count);
		TermsStore store = mock();
		given(store.get(any(), anyInt())).willReturn(terms);
		Holds kept = mock();
		given(kept.of(anyCollection())).willReturn(holds.isEmpty() ? Map.of() : Map.of("clk_1", holds));
		Lines lines = new Lines(store, mock(DeliveryFacts.class), kept);
		List<AgreementTerms> all = lines.terms(List.of(clock));
		List<Statement.Line> said = List.copyOf(lines.of(List.of(clock), all).values());
		return new Statement(Statement.FORMAT, "stm_1", "cli_1", period, 1, Hashes.FIRST, due, List.of(),
				Totals.of(said), all, said, List.of(), null, null);
	}

	private static Clock clock(Instant start, Duration target, Instant due, String period, ClockState state,
			@Nullable Fact stop, @Nullable Attribution whose, boolean counts, int holds) {
		return new Clock("clk_1", "cli_1", Objective.DELIVERY, "not_1", "upd_1", "obl_1", false,
				new Clock.Terms("agr_1", 1, "cal_1", 1, counts), target,
				new Fact(start, "notices", "update.owed", 1, "e1"), due, due, period, state, false, stop, whose,
				(whose != null) ? "because" : null, null, holds);
	}

	/** Each a third of the way to where it would be due without it. */
	private static List<Hold> holds(WorkingCalendar calendar, Instant start, Duration target, int count,
			Duration held) {
		List<Hold> holds = new ArrayList<>();
		Instant free = start;
		for (int i = 0; i < count; i++) {
			Instant due = HeldTime.reached(calendar, start, target, intervals(holds));
			assertThat(free).isBefore(due);
			Instant from = free.plus(Duration.between(free, due).dividedBy(3).truncatedTo(ChronoUnit.MILLIS));
			free = from.plus(held);
			holds.add(new Hold("hld_" + i, from, free, "because", "ada", null));
		}
		return holds;
	}

	private static List<WorkingCalendar.Interval> intervals(List<Hold> holds) {
		return holds.stream().map((hold) -> hold.interval(hold.from())).toList();
	}

}
