package io.punctual.local.edge.document;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What a document cannot carry, in CloudFormation's names and shapes: the stage, usage
 * plans and API keys; and, for the edge alone, under {@code Local}, what stands behind
 * it.
 */
public record Settings(String stage, Map<String, String> variables, boolean cacheCluster,
		@Nullable String accessLogFormat, List<MethodSetting> methods, List<Plan> plans, List<Key> keys,
		Map<String, Part> targets, @Nullable String issuer) {

	private static final Set<String> KNOWN = Set.of("Stage", "UsagePlans", "ApiKeys", "UsagePlanKeys", "Local");

	private static final List<String> STRATEGIES = List.of("FAIL_WITH_403", "SUCCEED_WITH_RESPONSE_HEADER",
			"SUCCEED_WITHOUT_RESPONSE_HEADER");

	private static final Set<String> KNOWN_OF_STAGE = Set.of("StageName", "Description", "Variables", "MethodSettings",
			"CacheClusterEnabled", "CacheClusterSize", "AccessLogSetting", "TracingEnabled", "Tags");

	/**
	 * A token bucket.
	 *
	 * @param rate requests a second
	 * @param burst the bucket's size
	 */
	public record Limit(double rate, long burst) {
	}

	/**
	 * A stage's setting for a path and a method, either of which may be {@code *}.
	 */
	public record MethodSetting(String path, String method, @Nullable Limit limit, @Nullable Boolean caching,
			@Nullable Duration timeToLive, boolean invalidationNeedsPermission, String unauthorized) {
	}

	/**
	 * A usage plan.
	 *
	 * @param methods limits by {@code /path/METHOD}
	 */
	public record Plan(String name, @Nullable Limit limit, Map<String, Limit> methods, @Nullable Quota quota) {
	}

	/**
	 * A number of requests a period.
	 */
	public record Quota(long limit, Period period) {
	}

	/**
	 * A quota's period.
	 */
	public enum Period {

		DAY, WEEK, MONTH

	}

	/**
	 * An API key and the plan it is in.
	 */
	public record Key(String id, String value, boolean enabled, @Nullable String plan) {
	}

	/**
	 * What the stage sets for an operation: path and method before path, before method,
	 * before all.
	 */
	public <T> T setting(Operation operation, Function<MethodSetting, @Nullable T> what, T otherwise) {
		for (String path : List.of(operation.path(), "/*")) {
			for (String method : List.of(operation.method(), "*")) {
				for (MethodSetting setting : this.methods) {
					T value = what.apply(setting);
					if (value != null && setting.path().equals(path) && setting.method().equals(method)) {
						return value;
					}
				}
			}
		}
		return otherwise;
	}

	public static Settings none() {
		return new Settings("local", Map.of(), false, null, List.of(), List.of(), List.of(), Map.of(), null);
	}

	public static Settings read(Source source) {
		Part root = source.root();
		refuseUnknown(root, KNOWN);
		Part stage = root.need("Stage");
		refuseUnknown(stage, KNOWN_OF_STAGE);
		Part log = stage.get("AccessLogSetting");
		Part local = root.get("Local");
		Part targets = (local != null) ? local.get("Targets") : null;
		String name = stage.text("StageName");
		return new Settings((name != null) ? name : "local", stage.texts("Variables"),
				stage.flag("CacheClusterEnabled", false), (log != null) ? log.text("Format") : null,
				stage.items("MethodSettings").stream().map(Settings::method).toList(), plans(root), keys(root),
				(targets != null) ? targets.entries() : Map.of(), (local != null) ? local.text("Issuer") : null);
	}

	private static void refuseUnknown(Part part, Set<String> known) {
		part.entries().forEach((name, value) -> {
			if (!known.contains(name)) {
				throw value.fault("the edge does not support '" + name + "' here");
			}
		});
	}

	private static MethodSetting method(Part part) {
		refuseUnknown(part,
				Set.of("ResourcePath", "HttpMethod", "ThrottlingRateLimit", "ThrottlingBurstLimit", "CachingEnabled",
						"CacheTtlInSeconds", "CacheDataEncrypted", "MetricsEnabled", "LoggingLevel", "DataTraceEnabled",
						"RequireAuthorizationForCacheControl", "UnauthorizedCacheControlHeaderStrategy"));
		Part ttl = part.get("CacheTtlInSeconds");
		if (ttl != null && (ttl.number() < 0 || ttl.number() > 3600)) {
			throw ttl.fault("a time to live is 0 to 3600 seconds");
		}
		Part caching = part.get("CachingEnabled");
		Part unauthorized = part.get("UnauthorizedCacheControlHeaderStrategy");
		if (unauthorized != null && !STRATEGIES.contains(unauthorized.text())) {
			throw unauthorized.fault("a strategy is one of " + STRATEGIES);
		}
		return new MethodSetting(part.need("ResourcePath").text().replace("~1", "/"), part.need("HttpMethod").text(),
				limit(part, "ThrottlingRateLimit", "ThrottlingBurstLimit"),
				(caching != null) ? Boolean.valueOf(caching.text()) : null,
				(ttl != null) ? Duration.ofSeconds((long) ttl.number()) : null,
				part.flag("RequireAuthorizationForCacheControl", true),
				(unauthorized != null) ? unauthorized.text() : "SUCCEED_WITH_RESPONSE_HEADER");
	}

	private static @Nullable Limit limit(@Nullable Part part, String rate, String burst) {
		Part perSecond = (part != null) ? part.get(rate) : null;
		Part size = (part != null) ? part.get(burst) : null;
		if (part == null || (perSecond == null && size == null)) {
			return null;
		}
		if (perSecond == null || size == null) {
			throw part.fault("a throttle has both " + rate + " and " + burst);
		}
		return new Limit(perSecond.number(), (long) size.number());
	}

	private static @Nullable Limit throttle(@Nullable Part part) {
		if (part != null) {
			refuseUnknown(part, Set.of("RateLimit", "BurstLimit"));
		}
		return limit(part, "RateLimit", "BurstLimit");
	}

	private static @Nullable Quota quota(@Nullable Part part) {
		if (part == null) {
			return null;
		}
		refuseUnknown(part, Set.of("Limit", "Period"));
		Part period = part.need("Period");
		try {
			return new Quota((long) part.need("Limit").number(), Period.valueOf(period.text()));
		}
		catch (IllegalArgumentException ex) {
			throw period.fault("a period is one of " + List.of(Period.values()));
		}
	}

	private static List<Plan> plans(Part root) {
		List<Plan> plans = new ArrayList<>();
		Part map = root.get("UsagePlans");
		if (map != null) {
			map.entries().forEach((name, plan) -> {
				refuseUnknown(plan, Set.of("UsagePlanName", "Description", "Throttle", "Quota", "ApiStages", "Tags"));
				Map<String, Limit> methods = new LinkedHashMap<>();
				for (Part stage : plan.items("ApiStages")) {
					refuseUnknown(stage, Set.of("ApiId", "Stage", "Throttle"));
					Part throttle = stage.get("Throttle");
					if (throttle != null) {
						throttle.entries().forEach((method, value) -> {
							Limit limit = throttle(value);
							if (limit != null) {
								methods.put(method, limit);
							}
						});
					}
				}
				plans.add(new Plan(name, throttle(plan.get("Throttle")), methods, quota(plan.get("Quota"))));
			});
		}
		return plans;
	}

	private static List<Key> keys(Part root) {
		Map<String, String> planOf = new HashMap<>();
		for (Part link : root.items("UsagePlanKeys")) {
			planOf.put(link.need("KeyId").text(), link.need("UsagePlanId").text());
		}
		List<Key> keys = new ArrayList<>();
		Part map = root.get("ApiKeys");
		if (map != null) {
			map.entries().forEach((id, key) -> {
				String value = key.need("Value").text();
				if (value.length() < 20 || value.length() > 128) {
					throw key.need("Value").fault("a key's value has 20 to 128 characters");
				}
				keys.add(new Key(id, value, key.flag("Enabled", false), planOf.get(id)));
			});
		}
		return keys;
	}

}
