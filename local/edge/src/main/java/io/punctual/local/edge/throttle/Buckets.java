package io.punctual.local.edge.throttle;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.punctual.local.edge.document.ResponseType;
import io.punctual.local.edge.document.Settings.Limit;
import io.punctual.local.edge.gateway.GatewayException;
import org.jspecify.annotations.Nullable;

/**
 * Token buckets by name.
 */
final class Buckets {

	private final Map<String, Bucket> byName = new ConcurrentHashMap<>();

	private final TimeMeter time;

	Buckets(LongSupplier nanos) {
		this.time = new TimeMeter() {

			@Override
			public long currentTimeNanos() {
				return nanos.getAsLong();
			}

			@Override
			public boolean isWallClockBased() {
				return false;
			}

		};
	}

	/**
	 * Takes a token or refuses.
	 * @param limit null where nothing limits
	 */
	void take(String name, @Nullable Limit limit) {
		if (limit != null && !this.byName.computeIfAbsent(name, (key) -> bucket(limit)).tryConsume(1)) {
			throw new GatewayException(ResponseType.THROTTLED, "Too Many Requests");
		}
	}

	private Bucket bucket(Limit limit) {
		if (limit.burst() <= 0 || limit.rate() <= 0) {
			// A rate of nothing lets nothing in; the library knows no empty bucket.
			Bucket empty = Bucket.builder()
				.addLimit((bandwidth) -> bandwidth.capacity(1).refillIntervally(1, Duration.ofDays(36_500)))
				.build();
			empty.tryConsume(1);
			return empty;
		}
		Duration each = Duration.ofNanos(Math.max(1, Math.round(1_000_000_000d / limit.rate())));
		return Bucket.builder()
			.withCustomTimePrecision(this.time)
			.addLimit((bandwidth) -> bandwidth.capacity(limit.burst()).refillGreedy(1, each))
			.build();
	}

}
