package io.punctual.local.edge.throttle;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import io.punctual.local.edge.document.ResponseType;
import io.punctual.local.edge.document.Settings;
import io.punctual.local.edge.document.Settings.Key;
import io.punctual.local.edge.document.Settings.Plan;
import io.punctual.local.edge.gateway.Exchange;
import io.punctual.local.edge.gateway.GatewayException;

/**
 * API keys and what their usage plans allow: a throttle per key and method, a throttle
 * per key, a quota per key.
 */
public final class UsagePlans {

	private final ApiKeys keys;

	private final Map<String, Plan> plans = new HashMap<>();

	private final Buckets buckets;

	private final Map<String, AtomicLong> used = new ConcurrentHashMap<>();

	private final Clock clock;

	public UsagePlans(Settings settings, ApiKeys keys, Clock clock, LongSupplier nanos) {
		this.buckets = new Buckets(nanos);
		this.clock = clock;
		this.keys = keys;
		settings.plans().forEach((plan) -> this.plans.put(plan.name(), plan));
	}

	/**
	 * Lets a request to an operation that needs a key in.
	 */
	public void check(Exchange exchange) {
		if (!exchange.operation().apiKeyRequired()) {
			return;
		}
		String value = exchange.headers().get("x-api-key");
		Key key = (value != null) ? this.keys.find(value) : null;
		Plan plan = (key != null && key.enabled() && key.plan() != null) ? this.plans.get(key.plan()) : null;
		if (key == null || plan == null) {
			throw new GatewayException(ResponseType.INVALID_API_KEY, "Forbidden");
		}
		exchange.apiKey(key);
		String method = exchange.operation().path() + "/" + exchange.operation().method();
		this.buckets.take(key.id() + " " + method, plan.methods().get(method));
		this.buckets.take(key.id(), plan.limit());
		Settings.Quota quota = plan.quota();
		if (quota != null) {
			String period = key.id() + " " + begin(quota.period());
			if (this.used.computeIfAbsent(period, (name) -> new AtomicLong()).incrementAndGet() > quota.limit()) {
				throw new GatewayException(ResponseType.QUOTA_EXCEEDED, "Limit Exceeded");
			}
		}
	}

	private LocalDate begin(Settings.Period period) {
		LocalDate today = LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
		return switch (period) {
			case DAY -> today;
			case WEEK -> today.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
			case MONTH -> today.withDayOfMonth(1);
		};
	}

}
