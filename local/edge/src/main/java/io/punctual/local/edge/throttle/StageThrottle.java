package io.punctual.local.edge.throttle;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import io.punctual.local.edge.document.Operation;
import io.punctual.local.edge.document.Settings;
import io.punctual.local.edge.document.Settings.Limit;
import io.punctual.local.edge.gateway.Exchange;

/**
 * The stage's throttle, a bucket per method, and after it the account's.
 */
public final class StageThrottle {

	/**
	 * An account's limits in a region, which are a new stage's too.
	 */
	private static final Limit ACCOUNT = new Limit(10_000, 5_000);

	private final Settings settings;

	private final Buckets buckets;

	private final Map<Operation, Limit> limits = new ConcurrentHashMap<>();

	public StageThrottle(Settings settings, LongSupplier nanos) {
		this.buckets = new Buckets(nanos);
		this.settings = settings;
	}

	public void check(Exchange exchange) {
		Operation operation = exchange.operation();
		Limit limit = this.limits.computeIfAbsent(operation,
				(key) -> this.settings.setting(key, Settings.MethodSetting::limit, ACCOUNT));
		this.buckets.take(operation.method() + " " + operation.path(), limit);
		this.buckets.take("account", ACCOUNT);
	}

}
