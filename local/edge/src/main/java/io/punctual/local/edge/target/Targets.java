package io.punctual.local.edge.target;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

import io.punctual.local.edge.document.Part;
import org.jspecify.annotations.Nullable;

/**
 * Says where a backend of the document really is: its pools by {@code host:port}, host,
 * or the host's first label.
 */
public final class Targets {

	private final Map<String, List<Pool>> byName = new ConcurrentHashMap<>();

	public static Targets of(Map<String, Part> settings, Map<String, String> overrides) {
		Targets targets = new Targets();
		settings.forEach((name, value) -> targets.set(name, pools(value)));
		overrides.forEach((name, url) -> targets.point(name, url));
		return targets;
	}

	private static List<Pool> pools(Part value) {
		if (!value.isList()) {
			return List.of(new Pool("only", URI.create(value.text()), 1));
		}
		return value.items().stream().map((pool) -> {
			String weight = pool.text("Weight");
			return new Pool(pool.need("Name").text(), URI.create(pool.need("Url").text()),
					(weight != null) ? Integer.parseInt(weight) : 1);
		}).toList();
	}

	public void set(String name, List<Pool> pools) {
		if (pools.isEmpty() || pools.size() > 2) {
			throw new IllegalArgumentException("a service has one or two pools");
		}
		this.byName.compute(name,
				(key, before) -> pools.stream()
					.map((pool) -> (before == null) ? pool
							: before.stream()
								.filter((old) -> old.url().equals(pool.url()))
								.findFirst()
								.map((old) -> old.as(pool))
								.orElse(pool))
					.toList());
	}

	/**
	 * Sends all of a backend's traffic to one address.
	 */
	public void point(String name, String url) {
		set(name, List.of(new Pool("only", URI.create(url), 1)));
	}

	public Map<String, List<Pool>> all() {
		return new TreeMap<>(this.byName);
	}

	/**
	 * The pool for the next request to that backend, null when nothing is set for it and
	 * its own address counts. A pool that fails its checks takes nothing while another
	 * passes; if none does, all take it, as an ALB does.
	 */
	public @Nullable Pool next(String host, int port) {
		List<Pool> pools = this.byName.get(host + ":" + port);
		pools = (pools != null) ? pools : this.byName.get(host);
		if (pools == null) {
			int dot = host.indexOf('.');
			pools = this.byName.get((dot < 0) ? host : host.substring(0, dot));
		}
		return (pools != null) ? choose(pools).begin() : null;
	}

	private static Pool choose(List<Pool> pools) {
		if (pools.size() == 1) {
			return pools.getFirst();
		}
		boolean anyHealthy = pools.stream().anyMatch((pool) -> pool.isHealthy() && pool.weight() > 0);
		int total = 0;
		for (Pool pool : pools) {
			total += share(pool, anyHealthy);
		}
		int at = (total > 0) ? ThreadLocalRandom.current().nextInt(total) : 0;
		for (Pool pool : pools) {
			at -= share(pool, anyHealthy);
			if (at < 0) {
				return pool;
			}
		}
		return pools.getFirst();
	}

	private static int share(Pool pool, boolean anyHealthy) {
		return (anyHealthy && !pool.isHealthy()) ? 0 : pool.weight();
	}

}
