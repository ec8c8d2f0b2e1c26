package io.punctual.local.edge.target;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asks each pool over HTTP, where there are two, whether it can take traffic, as an ALB
 * does.
 */
public final class HealthChecks implements AutoCloseable {

	private static final int CONNECT_MILLIS = 1_000;

	private static final int READ_MILLIS = 2_000;

	private final Targets targets;

	private final String path;

	private final ScheduledExecutorService checks = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("health").factory());

	/**
	 * @param path what a pool answers 200 at while it can take traffic
	 */
	public HealthChecks(Targets targets, String path, Duration interval) {
		this.targets = targets;
		this.path = path;
		this.checks.scheduleWithFixedDelay(this::checkAll, interval.toMillis(), interval.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	private void checkAll() {
		for (List<Pool> pools : this.targets.all().values()) {
			if (pools.size() > 1) {
				pools.forEach((pool) -> pool.checked(passes(pool)));
			}
		}
	}

	private boolean passes(Pool pool) {
		try {
			HttpURLConnection connection = (HttpURLConnection) pool.url().resolve(this.path).toURL().openConnection();
			connection.setConnectTimeout(CONNECT_MILLIS);
			connection.setReadTimeout(READ_MILLIS);
			return connection.getResponseCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void close() {
		this.checks.shutdownNow();
	}

}
