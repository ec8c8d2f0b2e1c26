package io.punctual.local.system;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Somebody who reads of every service through the edge, again and again, and writes down
 * whatever is not as it should be.
 */
final class SteadyReader implements AutoCloseable {

	private static final List<String> PATHS = List.of("/v1/clients?limit=1", "/v1/notices?limit=1",
			"/v1/deliveries?limit=1", "/v1/clocks?limit=1");

	private final Caller caller;

	private final List<String> failures = new CopyOnWriteArrayList<>();

	private final Thread thread;

	private volatile boolean ended;

	private volatile int rounds;

	SteadyReader(String edge, String issuer) {
		this.caller = Caller.signedIn(edge, issuer, "provider", RunningSystem.PROVIDER_SECRET);
		this.thread = Thread.ofVirtual().start(this::read);
	}

	private void read() {
		while (!this.ended) {
			for (String path : PATHS) {
				try {
					int status = this.caller.get(path).status();
					if (status != 200) {
						this.failures.add(path + " was answered " + status);
					}
				}
				catch (IllegalStateException ex) {
					this.failures.add(String.valueOf(ex.getMessage()));
				}
			}
			this.rounds++;
			pause();
		}
	}

	/**
	 * Waits until all has been read once more.
	 */
	void awaitMore() {
		int enough = this.rounds + 2;
		while (this.rounds < enough) {
			pause();
		}
	}

	private static void pause() {
		try {
			Thread.sleep(50);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	List<String> failures() {
		return this.failures;
	}

	@Override
	public void close() throws InterruptedException {
		this.ended = true;
		this.thread.join();
	}

}
