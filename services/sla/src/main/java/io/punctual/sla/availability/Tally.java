package io.punctual.sla.availability;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

import io.punctual.shared.contract.AvailabilityTerms;
import io.punctual.shared.contract.ImpactLevel;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.sla.availability.Facts.Impairment;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the pieces of service time in which nothing changes.
 */
final class Tally {

	private static final int DIGITS = 6;

	private long committed;

	private long micros;

	private final SortedMap<Weight, Long> impacted = new TreeMap<>(
			Comparator.comparing(Weight::permille).thenComparing(Weight::level).reversed());

	private final SortedMap<Share<Measured.Excluded.Reason>, Long> excluded = new TreeMap<>(Share.order());

	private final SortedMap<Share<Measured.Counted.Reason>, Long> counted = new TreeMap<>(Share.order());

	void add(long millis, List<Impairment> active, Measurement.Under under, Instant at, boolean insideCap) {
		this.committed += millis;
		AvailabilityTerms weights = Objects.requireNonNullElse(under.terms().availability(), AvailabilityTerms.DEFAULT);
		Weight greatest = null;
		for (Impairment one : active) {
			if (counts(one, millis, under, at, insideCap)) {
				Weight weight = new Weight(one.level(), weights.permille(one.level()));
				greatest = (greatest == null || weight.isMoreThan(greatest)) ? weight : greatest;
			}
		}
		if (greatest != null) {
			this.impacted.merge(greatest, millis, Long::sum);
			this.micros += millis * greatest.permille();
		}
	}

	private boolean counts(Impairment one, long millis, Measurement.Under under, Instant at, boolean insideCap) {
		if (one.drill()) {
			this.excluded.merge(new Share<>(one.noticeId(), Measured.Excluded.Reason.DRILL), millis, Long::sum);
			return false;
		}
		if (one.kind() != NoticeKind.MAINTENANCE) {
			return true;
		}
		boolean earned = under.isEarned(one, at);
		if (earned && insideCap) {
			this.excluded.merge(new Share<>(one.noticeId(), Measured.Excluded.Reason.MAINTENANCE), millis, Long::sum);
			return false;
		}
		this.counted.merge(new Share<>(one.noticeId(), reason(one, under, earned)), millis, Long::sum);
		return true;
	}

	private static Measured.Counted.Reason reason(Impairment one, Measurement.Under under, boolean earned) {
		if (under.terms().maintenance() == null) {
			return Measured.Counted.Reason.NOT_AGREED;
		}
		if (earned) {
			return Measured.Counted.Reason.OVER_CAP;
		}
		return (under.earned(one.noticeId()) != null) ? Measured.Counted.Reason.OUTSIDE_WINDOW
				: Measured.Counted.Reason.ANNOUNCED_LATE;
	}

	Measured measured(@Nullable Integer targetPpm) {
		long whole = this.committed * 1_000;
		String availability = (whole > 0) ? BigDecimal.valueOf(whole - this.micros)
			.divide(BigDecimal.valueOf(whole), DIGITS, RoundingMode.DOWN)
			.toPlainString() : null;
		// Six digits rounded down are millionths: no less than the target, if they are
		// not.
		Boolean met = (targetPpm != null && availability != null)
				? new BigDecimal(availability).movePointRight(DIGITS).intValueExact() >= targetPpm : null;
		return new Measured(this.committed,
				list(this.impacted).stream()
					.map((one) -> new Measured.Impacted(one.getKey().level(), one.getKey().permille(), one.getValue()))
					.toList(),
				this.micros, availability, targetPpm, met,
				list(this.excluded).stream()
					.map((one) -> new Measured.Excluded(one.getKey().noticeId(), one.getKey().reason(), one.getValue()))
					.toList(),
				list(this.counted).stream()
					.map((one) -> new Measured.Counted(one.getKey().noticeId(), one.getKey().reason(), one.getValue()))
					.toList());
	}

	private static <K> List<Map.Entry<K, Long>> list(SortedMap<K, Long> sums) {
		return List.copyOf(sums.entrySet());
	}

	/**
	 * What an impairment weighs.
	 */
	private record Weight(ImpactLevel level, int permille) {

		private boolean isMoreThan(Weight other) {
			return (this.permille != other.permille) ? this.permille > other.permille
					: this.level.compareTo(other.level) > 0;
		}

	}

	/**
	 * One notice's part in a sum.
	 */
	private record Share<R extends Enum<R>>(String noticeId, R reason) {

		private static <R extends Enum<R>> Comparator<Share<R>> order() {
			return Comparator.comparing(Share<R>::noticeId).thenComparing(Share::reason);
		}

	}

}
