package io.punctual.local.edge.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.punctual.local.edge.document.Integration;
import io.punctual.local.edge.document.Operation;
import io.punctual.local.edge.document.ResponseType;
import io.punctual.local.edge.document.Settings;
import io.punctual.local.edge.gateway.Answer;
import io.punctual.local.edge.gateway.Exchange;
import io.punctual.local.edge.gateway.Expressions;
import io.punctual.local.edge.gateway.GatewayException;
import io.punctual.local.edge.gateway.Headers;

/**
 * The stage's cache. The key is the operation's cache key parameters and nothing else:
 * whatever an answer depends on must be among them.
 */
public final class ResponseCache implements Function<Exchange, Answer> {

	private static final Duration DEFAULT_TIME_TO_LIVE = Duration.ofSeconds(300);

	private static final int LARGEST = 1024 * 1024;

	private static final long CAPACITY = 16L * 1024 * 1024;

	private final Settings settings;

	private final Function<Exchange, Answer> integration;

	private final Map<Operation, Rule> rules = new ConcurrentHashMap<>();

	private final Cache<List<String>, Entry> entries;

	private record Rule(boolean caching, Duration timeToLive, boolean needsPermission, String unauthorized) {
	}

	private record Entry(Answer answer, Duration timeToLive) {
	}

	public ResponseCache(Settings settings, Function<Exchange, Answer> integration, Ticker ticker) {
		this.settings = settings;
		this.integration = integration;
		this.entries = Caffeine.newBuilder()
			.maximumWeight(CAPACITY)
			.weigher((List<String> key, Entry entry) -> entry.answer().body().length + 512)
			.expireAfter(Expiry.<List<String>, Entry>creating((key, entry) -> entry.timeToLive()))
			.ticker(ticker)
			.build();
	}

	@Override
	public Answer apply(Exchange exchange) {
		Operation operation = exchange.operation();
		Rule rule = this.rules.computeIfAbsent(operation, this::rule);
		if (!rule.caching()) {
			return this.integration.apply(exchange);
		}
		String control = exchange.headers().get("Cache-Control");
		boolean refresh = control != null && control.contains("max-age=0");
		boolean warn = false;
		if (refresh && rule.needsPermission()) {
			// execute-api:InvalidateCache is IAM's, and a token is no IAM identity.
			if (rule.unauthorized().equals("FAIL_WITH_403")) {
				throw new GatewayException(ResponseType.ACCESS_DENIED, "Forbidden");
			}
			warn = rule.unauthorized().equals("SUCCEED_WITH_RESPONSE_HEADER");
			refresh = false;
		}
		List<String> key = key(exchange);
		Entry entry = refresh ? null : this.entries.getIfPresent(key);
		Answer answer = (entry != null) ? entry.answer() : this.integration.apply(exchange);
		if (entry == null && answer.status() == 200 && answer.stream() == null && answer.body().length <= LARGEST) {
			this.entries.put(key, new Entry(answer, rule.timeToLive()));
		}
		return warn ? warned(answer) : answer;
	}

	private static Answer warned(Answer answer) {
		Headers headers = new Headers();
		headers.fields().addAll(answer.headers().fields());
		headers.add("Warning", "199 - \"The cache was not invalidated: not authorized\"");
		return Answer.of(answer.status(), headers, answer.body());
	}

	private static List<String> key(Exchange exchange) {
		Operation operation = exchange.operation();
		Integration integration = operation.integration();
		List<String> key = new ArrayList<>();
		key.add((integration.cacheNamespace() != null) ? integration.cacheNamespace() : operation.path());
		key.add(operation.method());
		for (String parameter : integration.cacheKeyParameters()) {
			String source = parameter.startsWith("integration.request.")
					? integration.parameters().getOrDefault(parameter, "") : parameter;
			String value = Expressions.evaluate(source.replace(".querystring.", ".multivaluequerystring."), exchange);
			key.add((value != null) ? "=" + value : "");
		}
		return key;
	}

	private Rule rule(Operation operation) {
		boolean own = this.settings.methods()
			.stream()
			.anyMatch((setting) -> setting.path().equals(operation.path()) && setting.caching() != null);
		boolean asked = this.settings.cacheCluster()
				&& this.settings.setting(operation, Settings.MethodSetting::caching, false);
		Duration timeToLive = this.settings.setting(operation, Settings.MethodSetting::timeToLive,
				DEFAULT_TIME_TO_LIVE);
		return new Rule(
				asked && (operation.method().equals("GET") || own) && !timeToLive.isZero()
						&& !operation.integration().streaming(),
				timeToLive, this.settings.setting(operation, Settings.MethodSetting::invalidationNeedsPermission, true),
				this.settings.setting(operation, Settings.MethodSetting::unauthorized, "SUCCEED_WITH_RESPONSE_HEADER"));
	}

}
