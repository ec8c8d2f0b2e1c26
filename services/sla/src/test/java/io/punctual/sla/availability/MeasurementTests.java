package io.punctual.sla.availability;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.punctual.shared.calendar.CalendarDefinition;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AvailabilityTerms;
import io.punctual.shared.contract.ImpactLevel;
import io.punctual.shared.contract.MaintenanceTerms;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.sla.availability.Facts.Impairment;
import io.punctual.sla.availability.Facts.Span;
import io.punctual.sla.availability.Facts.Window;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Intervals come to what each minute by itself comes to; and what maintenance has to do
 * for its exclusion.
 */
class MeasurementTests {

	private static final CalendarDefinition ALWAYS = new CalendarDefinition("Europe/London",
			Map.of("MON", List.of("00:00-24:00"), "TUE", List.of("00:00-24:00"), "WED", List.of("00:00-24:00"), "THU",
					List.of("00:00-24:00"), "FRI", List.of("00:00-24:00"), "SAT", List.of("00:00-24:00"), "SUN",
					List.of("00:00-24:00")),
			Map.of());

	private static final CalendarDefinition OFFICE = new CalendarDefinition("Europe/London",
			Map.of("MON", List.of("09:00-17:00"), "TUE", List.of("09:00-12:00", "13:00-17:00"), "FRI",
					List.of("22:00-06:00"), "SUN", List.of("00:00-04:00")),
			Map.of("2026-03-30", List.of()));

	/**
	 * Ends, like every other period of these tests, with the change to summer time in it.
	 */
	private static final LocalDate FROM = LocalDate.parse("2026-03-10");

	private static final LocalDate TO = LocalDate.parse("2026-04-05");

	private static final Instant START = at(FROM);

	@Property(tries = 60)
	void whatIntervalsComeToIsWhatEachMinuteComesTo(@ForAll @IntRange(max = 1_000_000) int seed) {
		Random random = new Random(seed);
		List<AgreementTerms> terms = List.of(randomTerms(1, random), randomTerms(2, random));
		Facts facts = randomFacts(random);
		ByTheMinute patient = new ByTheMinute(facts, terms);
		Measured measured = Measurement.of(facts, terms);
		assertThat(measured.committedMillis()).isEqualTo(patient.committed());
		assertThat(measured.unavailableMicros()).isEqualTo(patient.micros());
		assertThat(measured.impacted().stream().mapToLong((one) -> one.millis() * one.permille()).sum())
			.as("the sum that is shown is the sum that counts")
			.isEqualTo(measured.unavailableMicros());
	}

	@Test
	void theGreatestWeightHoldsAtEachInstantAndDrillsDoNot() {
		Measured measured = measure(terms(ALWAYS, null, null), List.of(
				impairment("not_1", NoticeKind.INCIDENT, ImpactLevel.PARTIAL, hour(10), hour(13)),
				impairment("not_2", NoticeKind.INCIDENT, ImpactLevel.MAJOR, hour(11), hour(12)),
				new Impairment("not_3", "upd_3", NoticeKind.INCIDENT, true, ImpactLevel.MAJOR, hour(20), hour(21))));
		assertThat(measured.impacted()).containsExactly(new Measured.Impacted(ImpactLevel.MAJOR, 1_000, 3_600_000),
				new Measured.Impacted(ImpactLevel.PARTIAL, 300, 7_200_000));
		assertThat(measured.unavailableMicros()).isEqualTo(3_600_000_000L + 2_160_000_000L);
		assertThat(measured.excluded())
			.containsExactly(new Measured.Excluded("not_3", Measured.Excluded.Reason.DRILL, 3_600_000));
		// 26 days less the hour that the clocks skip.
		assertThat(measured.committedMillis()).isEqualTo((26 * 24 - 1) * 3_600_000L);
		assertThat(measured.availability()).isEqualTo("0.997431");
		assertThat(measured.met()).as("nothing was promised").isNull();
	}

	@Test
	void aTargetIsKeptToTheMillisecond() {
		AgreementTerms terms = terms(ALWAYS, new AvailabilityTerms(999_000, null, null), null);
		// A thousandth of 623 hours.
		Instant end = hour(0).plusMillis(2_242_800);
		assertThat(measure(terms, List.of(impairment("not_1", NoticeKind.INCIDENT, ImpactLevel.MAJOR, hour(0), end)))
			.met()).isTrue();
		Measured missed = measure(terms,
				List.of(impairment("not_1", NoticeKind.INCIDENT, ImpactLevel.MAJOR, hour(0), end.plusMillis(1))));
		assertThat(missed.met()).isFalse();
		assertThat(missed.availability()).as("rounded down").isEqualTo("0.998999");
	}

	@Test
	void maintenanceEarnsItsExclusionAndTheOverrunCounts() {
		AgreementTerms terms = terms(ALWAYS, null, new MaintenanceTerms(Duration.ofHours(72), null));
		Impairment work = impairment("not_1", NoticeKind.MAINTENANCE, ImpactLevel.MAJOR, hour(101), hour(105));
		Measured measured = measure(terms, List.of(work), window(hour(28), hour(100), hour(104)));
		assertThat(measured.excluded())
			.containsExactly(new Measured.Excluded("not_1", Measured.Excluded.Reason.MAINTENANCE, 3 * 3_600_000));
		assertThat(measured.counted())
			.containsExactly(new Measured.Counted("not_1", Measured.Counted.Reason.OUTSIDE_WINDOW, 3_600_000));
		assertThat(measured.unavailableMicros()).isEqualTo(3_600_000_000L);
		Measured late = measure(terms, List.of(work), window(hour(28).plusNanos(1_000), hour(100), hour(104)));
		assertThat(late.counted())
			.containsExactly(new Measured.Counted("not_1", Measured.Counted.Reason.ANNOUNCED_LATE, 4 * 3_600_000));
		assertThat(measure(terms(ALWAYS, null, null), List.of(work), window(hour(28), hour(100), hour(104))).counted())
			.containsExactly(new Measured.Counted("not_1", Measured.Counted.Reason.NOT_AGREED, 4 * 3_600_000));
	}

	@Test
	void whatIsAddedToAWindowLateIsNotExcludedAndWhatIsTakenAwayIsNotEither() {
		AgreementTerms terms = terms(ALWAYS, null, new MaintenanceTerms(Duration.ofHours(72), null));
		Impairment work = impairment("not_1", NoticeKind.MAINTENANCE, ImpactLevel.MAJOR, hour(100), hour(110));
		Measured longer = measure(terms, List.of(work), window(hour(20), hour(100), hour(104)),
				window(hour(99), hour(100), hour(110)));
		assertThat(longer.excluded().getFirst().millis()).isEqualTo(4 * 3_600_000);
		Measured shorter = measure(terms, List.of(work), window(hour(20), hour(100), hour(104)),
				window(hour(99), hour(100), hour(102)));
		assertThat(shorter.excluded().getFirst().millis()).isEqualTo(2 * 3_600_000);
		Measured elsewhere = measure(terms, List.of(work), window(hour(20), hour(100), hour(104)),
				window(hour(99), hour(106), hour(110)));
		assertThat(elsewhere.excluded()).isEmpty();
		Measured movedInTime = measure(terms, List.of(work), window(hour(20), hour(130), hour(134)),
				window(hour(28), hour(100), hour(110)));
		assertThat(movedInTime.counted()).isEmpty();
	}

	@Test
	void theCapIsUsedUpByTheEarliestAndCountsTheWholeMonth() {
		AgreementTerms terms = terms(ALWAYS, null, new MaintenanceTerms(null, Duration.ofHours(3)));
		List<Impairment> work = List.of(
				impairment("not_1", NoticeKind.MAINTENANCE, ImpactLevel.MAJOR, hour(-48), hour(-46)),
				impairment("not_2", NoticeKind.MAINTENANCE, ImpactLevel.PARTIAL, hour(10), hour(12)),
				impairment("not_3", NoticeKind.MAINTENANCE, ImpactLevel.MAJOR, hour(24 * 23), hour(24 * 23 + 2)));
		List<Window> windows = work.stream()
			.map((one) -> new Window(one.noticeId(), "upd_0", one.from(), one.from(),
					one.from().plus(Duration.ofHours(2))))
			.toList();
		Measured measured = Measurement.of(facts(hour(-72), work, windows), List.of(terms));
		assertThat(measured.excluded()).as("two hours of March were gone before, April is another month")
			.containsExactly(new Measured.Excluded("not_2", Measured.Excluded.Reason.MAINTENANCE, 3_600_000),
					new Measured.Excluded("not_3", Measured.Excluded.Reason.MAINTENANCE, 2 * 3_600_000));
		assertThat(measured.counted())
			.containsExactly(new Measured.Counted("not_2", Measured.Counted.Reason.OVER_CAP, 3_600_000));
		assertThat(measured.unavailableMicros()).isEqualTo(300 * 3_600_000L);
	}

	@Test
	void anIncidentInAWindowCounts() {
		Measured measured = measure(terms(ALWAYS, null, new MaintenanceTerms(null, null)),
				List.of(impairment("not_1", NoticeKind.MAINTENANCE, ImpactLevel.MAJOR, hour(10), hour(12)),
						impairment("not_2", NoticeKind.INCIDENT, ImpactLevel.PARTIAL, hour(11), hour(12))),
				window(hour(1), hour(10), hour(12)));
		assertThat(measured.impacted()).containsExactly(new Measured.Impacted(ImpactLevel.PARTIAL, 300, 3_600_000));
	}

	@Test
	void whereNothingWasCommittedThereIsNoFigure() {
		Facts nothing = new Facts("cmp_1", START, at(TO), List.of(), List.of(), List.of());
		assertThat(Measurement.of(nothing, List.of()))
			.isEqualTo(new Measured(0, List.of(), 0, null, null, null, List.of(), List.of()));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Measurement.of(facts(START, List.of(), List.of()), List.of()))
			.withMessageContaining("the terms of agr_1");
	}

	private static Measured measure(AgreementTerms terms, List<Impairment> impairments, Window... windows) {
		return Measurement.of(facts(START, impairments, List.of(windows)), List.of(terms));
	}

	private static Facts facts(Instant since, List<Impairment> impairments, List<Window> windows) {
		return new Facts("cmp_1", START, at(TO), List.of(new Span(since, at(TO), "agr_1", 1)), impairments, windows);
	}

	private static AgreementTerms terms(CalendarDefinition calendar, @Nullable AvailabilityTerms availability,
			@Nullable MaintenanceTerms maintenance) {
		return terms(1, calendar, availability, maintenance);
	}

	private static AgreementTerms terms(int version, CalendarDefinition calendar,
			@Nullable AvailabilityTerms availability, @Nullable MaintenanceTerms maintenance) {
		return new AgreementTerms("agr_1", version, "Gold", new AgreementTerms.Calendar("cal_1", version, calendar),
				new AgreementTerms.Channels(List.of(AgreementTerms.Channel.WEBHOOK), AgreementTerms.Rule.ANY),
				List.of(), false, availability, maintenance, null);
	}

	private static Impairment impairment(String noticeId, NoticeKind kind, ImpactLevel level, Instant from,
			Instant to) {
		return new Impairment(noticeId, "upd_1", kind, false, level, from, to);
	}

	private static Window window(Instant announcedAt, Instant from, Instant to) {
		return new Window("not_1", "upd_0", announcedAt, from, to);
	}

	private static Instant hour(int hours) {
		return START.plus(Duration.ofHours(hours));
	}

	private static Instant at(LocalDate date) {
		return date.atStartOfDay(ZoneId.of("Europe/London")).toInstant();
	}

	private static AgreementTerms randomTerms(int version, Random random) {
		MaintenanceTerms maintenance = (random.nextInt(4) == 0) ? null
				: new MaintenanceTerms(random.nextBoolean() ? Duration.ofHours(random.nextInt(1, 100)) : null,
						random.nextBoolean() ? Duration.ofMinutes(random.nextInt(1, 600)) : null);
		AvailabilityTerms weights = random.nextBoolean() ? null
				: new AvailabilityTerms(null, 500 + random.nextInt(500), random.nextInt(500));
		return terms(version, random.nextBoolean() ? ALWAYS : OFFICE, weights, maintenance);
	}

	private static Facts randomFacts(Random random) {
		Instant month = at(FROM.withDayOfMonth(1));
		Instant changed = minute(month, random);
		List<Impairment> impairments = new ArrayList<>();
		List<Window> windows = new ArrayList<>();
		for (int i = 0; i < random.nextInt(12); i++) {
			Instant from = minute(month, random);
			boolean maintenance = random.nextInt(3) > 0;
			impairments
				.add(new Impairment("not_" + i, "upd_" + i, maintenance ? NoticeKind.MAINTENANCE : NoticeKind.INCIDENT,
						random.nextInt(6) == 0, random.nextBoolean() ? ImpactLevel.MAJOR : ImpactLevel.PARTIAL, from,
						(random.nextInt(8) == 0) ? null : from.plus(random.nextInt(600), ChronoUnit.MINUTES)));
			for (int j = 0; maintenance && j < random.nextInt(3); j++) {
				Instant start = from.plus(random.nextInt(-200, 200), ChronoUnit.MINUTES);
				windows.add(new Window("not_" + i, "upd_w" + j, start.minus(random.nextInt(200), ChronoUnit.HOURS),
						start, start.plus(random.nextInt(1, 900), ChronoUnit.MINUTES)));
			}
		}
		return new Facts("cmp_1", START, at(TO),
				List.of(new Span(month, changed, "agr_1", 1), new Span(changed, at(TO), "agr_1", 2)), impairments,
				windows);
	}

	private static Instant minute(Instant from, Random random) {
		return from.plus(random.nextInt(34 * 24 * 60), ChronoUnit.MINUTES);
	}

}
