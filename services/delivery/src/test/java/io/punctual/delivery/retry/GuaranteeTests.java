package io.punctual.delivery.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proves the guarantee by simulation: a receiver that is healthy for the last 22 s before
 * due plus one response time gets the update in time, whatever happened before.
 */
class GuaranteeTests {

	private static final Instant ZERO = Instant.parse("2026-03-02T10:00:00Z");

	private static final int[] TARGET_MINUTES = { 1, 5, 15, 30 };

	@Property(tries = 2000)
	void noPromiseIsBrokenWhileTheConditionHolds(@ForAll long seed) {
		Random random = new Random(seed);
		Receiver receiver = Receiver.random(random);
		List<Pending> all = publications(random);
		new Endpoint(receiver, random).run(all);
		for (Pending pending : all) {
			Instant due = pending.due();
			if (receiver.isHealthy(due.minusSeconds(22).minus(receiver.responseTime), due)) {
				assertThat(pending.deliveredAt)
					.as("published %s, due %s, outages %s", pending.promise.startedAt(), due, receiver.outages)
					.isNotNull()
					.isBeforeOrEqualTo(due);
			}
		}
	}

	private static List<Pending> publications(Random random) {
		List<Pending> all = new ArrayList<>();
		int count = 1 + random.nextInt(12);
		long at = 0;
		for (int i = 0; i < count; i++) {
			at += (long) Math.pow(10, random.nextDouble() * 5) * 100;
			Instant start = ZERO.plusMillis(at);
			int minutes = TARGET_MINUTES[random.nextInt(TARGET_MINUTES.length)];
			all.add(new Pending(new Promise(start, start.plus(Duration.ofMinutes(minutes)))));
		}
		return all;
	}

	/**
	 * Outages of seconds to days; each refuses at once or hangs until the time is out.
	 */
	private static final class Receiver {

		private final List<Outage> outages = new ArrayList<>();

		private final Duration responseTime;

		private Receiver(Duration responseTime) {
			this.responseTime = responseTime;
		}

		static Receiver random(Random random) {
			Receiver receiver = new Receiver(Duration.ofMillis(1 + random.nextInt(800)));
			long at = 0;
			int count = random.nextInt(6);
			for (int i = 0; i < count; i++) {
				at += (long) (Math.pow(10, random.nextDouble() * 4) * 1000);
				long length = (long) (Math.pow(10, random.nextDouble() * 5.3) * 1000);
				receiver.outages
					.add(new Outage(ZERO.plusMillis(at), ZERO.plusMillis(at + length), random.nextBoolean()));
				at += length;
			}
			return receiver;
		}

		boolean isHealthy(Instant from, Instant to) {
			return this.outages.stream().noneMatch((outage) -> outage.from.isBefore(to) && outage.to.isAfter(from));
		}

		/** How long an attempt takes, negative if it fails. */
		Duration answer(Instant at) {
			for (Outage outage : this.outages) {
				if (!at.isBefore(outage.from) && at.isBefore(outage.to)) {
					return outage.hangs ? Duration.ofSeconds(-10) : Duration.ofMillis(-1);
				}
			}
			return this.responseTime;
		}

	}

	private record Outage(Instant from, Instant to, boolean hangs) {
	}

	private static final class Pending {

		private final Promise promise;

		private @Nullable Instant deliveredAt;

		Pending(Promise promise) {
			this.promise = promise;
		}

		@SuppressWarnings("NullAway")
		Instant due() {
			return this.promise.dueAt();
		}

	}

	/** The rules of the lease holder, one attempt at a time. */
	private static final class Endpoint {

		private final Receiver receiver;

		private final Random random;

		Endpoint(Receiver receiver, Random random) {
			this.receiver = receiver;
			this.random = random;
		}

		void run(List<Pending> all) {
			List<Pending> future = new ArrayList<>(all);
			List<Pending> waiting = new ArrayList<>();
			Instant now = ZERO;
			Instant probeAt = ZERO;
			while (!future.isEmpty() || !waiting.isEmpty()) {
				Instant arrival = future.isEmpty() ? Instant.MAX : future.getFirst().promise.startedAt();
				Instant next = (waiting.isEmpty() || arrival.isBefore(probeAt)) ? arrival : probeAt;
				now = next.isAfter(now) ? next : now;
				while (!future.isEmpty() && !future.getFirst().promise.startedAt().isAfter(now)) {
					waiting.add(future.removeFirst());
					probeAt = now;
				}
				Pending chosen = choose(waiting, now);
				Duration answer = this.receiver.answer(now);
				Instant start = now;
				now = now.plus(answer.abs());
				probeAt = now;
				if (answer.isNegative()) {
					probeAt = probe(waiting, new AttemptTimes(start, now, null));
				}
				else {
					chosen.deliveredAt = now;
					waiting.remove(chosen);
				}
				Instant present = now;
				waiting.removeIf((pending) -> present.isAfter(pending.promise.horizon()));
			}
		}

		private Instant probe(List<Pending> waiting, AttemptTimes failed) {
			Instant next = RetryLaw.nextProbe(waiting.stream().map((pending) -> pending.promise).toList(), failed,
					this.random.nextDouble());
			return (next != null) ? next : failed.end();
		}

		private static Pending choose(List<Pending> waiting, Instant now) {
			return waiting.stream()
				.min(Comparator.<Pending, Boolean>comparing((pending) -> !pending.promise.canBeMet(now))
					.thenComparing(Pending::due))
				.orElseThrow();
		}

	}

}
