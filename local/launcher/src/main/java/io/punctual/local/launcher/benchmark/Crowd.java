package io.punctual.local.launcher.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.punctual.local.launcher.LauncherException;
import io.punctual.local.launcher.api.Api;

/**
 * Many clients, each with one verified endpoint and a promise of five minutes, of half an
 * hour for what is minor and of half a minute for what is critical: all use one
 * component, and some of them one of their own besides.
 *
 * @param everyone the component that all use
 * @param singles the components that one client each uses alone
 */
record Crowd(int size, String everyone, List<String> singles) {

	private static final int SINGLES = 32;

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private static final int AT_ONCE = 8;

	/**
	 * Register them.
	 * @param first the number of the first one's receiver
	 */
	static Crowd register(Api clients, Receivers receivers, int first, int size) throws InterruptedException {
		String run = Long.toString(System.currentTimeMillis(), 36);
		String everyone = component(clients, "Everybody's " + run);
		List<String> singles = IntStream.range(0, SINGLES)
			.mapToObj((i) -> component(clients, "One's own " + i + " " + run))
			.toList();
		Map<String, Object> definition = Map.of("zone", "UTC", "weekly", week(), "exceptions", Map.of());
		String calendar = Api
			.id(clients.post("/v1/calendars", Map.of("name", "Always " + run, "definition", definition)), "calendarId");
		Map<String, Object> terms = Map.of("calendarId", calendar, "channels",
				Map.of("required", List.of("WEBHOOK"), "rule", "ANY"), "targets",
				List.of(Map.of("objective", "DELIVERY", "target", "PT5M"),
						Map.of("objective", "DELIVERY", "severity", "MINOR", "target", "PT30M"),
						Map.of("objective", "DELIVERY", "severity", "CRITICAL", "target", "PT30S")));
		String agreement = Api.id(clients.post("/v1/agreements", Map.of("name", "Five minutes " + run, "terms", terms)),
				"agreementId");
		List<Map<String, Object>> items = IntStream.range(0, size)
			.mapToObj((i) -> Map.<String, Object>of("externalId", run + "-" + i, "name", "Client " + i, "components",
					(i < SINGLES) ? List.of(everyone, singles.get(i)) : List.of(everyone), "agreementId", agreement))
			.toList();
		List<String> clientIds = new ArrayList<>();
		clients.post("/v1/clients/bulk-upsert", Map.of("clients", items))
			.path("items")
			.forEach((item) -> clientIds.add(item.path("clientId").asString()));
		List<String> endpointIds = endpoints(clients, receivers, first, clientIds);
		awaitVerified(clients, endpointIds);
		return new Crowd(size, everyone, singles);
	}

	private static Map<String, List<String>> week() {
		List<String> always = List.of("00:00-24:00");
		return Map.of("MON", always, "TUE", always, "WED", always, "THU", always, "FRI", always, "SAT", always, "SUN",
				always);
	}

	private static String component(Api clients, String name) {
		return Api.id(clients.post("/v1/components", Map.of("name", name)), "componentId");
	}

	private static List<String> endpoints(Api clients, Receivers receivers, int first, List<String> clientIds)
			throws InterruptedException {
		try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
			List<Future<String>> made = IntStream.range(0, clientIds.size())
				.mapToObj((i) -> pool.submit(() -> Api.id(
						clients.post("/v1/clients/" + clientIds.get(i) + "/endpoints",
								Map.of("url", receivers.url(first + i).toString(), "ratePerSecond", 1000)),
						"endpointId")))
				.toList();
			List<String> ids = new ArrayList<>();
			for (Future<String> one : made) {
				ids.add(one.get());
			}
			return ids;
		}
		catch (ExecutionException ex) {
			throw new LauncherException("An endpoint could not be registered: " + ex.getCause(), ex);
		}
	}

	private static void awaitVerified(Api clients, List<String> endpointIds) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		for (String endpointId : endpointIds) {
			while (!clients.get("/v1/endpoints/" + endpointId).path("state").asString("").equals("VERIFIED")) {
				if (System.nanoTime() > end) {
					throw new LauncherException("The endpoint " + endpointId + " did not become verified");
				}
				Api.pause(Duration.ofMillis(50));
			}
		}
	}

}
