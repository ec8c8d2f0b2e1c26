package io.punctual.local.edge.target;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A target group: one address, its share of the traffic, its health and the requests
 * under way in it.
 */
public final class Pool {

	private final String name;

	private final URI url;

	private final int weight;

	private final AtomicInteger inFlight;

	private volatile boolean healthy = true;

	private int inARow;

	/**
	 * @param weight 0 to 999, in proportion to the other pools; 0 takes nothing new and
	 * drains
	 */
	public Pool(String name, URI url, int weight) {
		this(name, url, weight, new AtomicInteger());
	}

	private Pool(String name, URI url, int weight, AtomicInteger inFlight) {
		if (weight < 0 || weight > 999) {
			throw new IllegalArgumentException("a weight is 0 to 999");
		}
		this.name = name;
		this.url = url;
		this.weight = weight;
		this.inFlight = inFlight;
	}

	/**
	 * This pool with another name and weight; requests under way and health go on.
	 */
	Pool as(Pool changed) {
		Pool pool = new Pool(changed.name, this.url, changed.weight, this.inFlight);
		pool.healthy = this.healthy;
		return pool;
	}

	public String name() {
		return this.name;
	}

	public URI url() {
		return this.url;
	}

	public int weight() {
		return this.weight;
	}

	public boolean isHealthy() {
		return this.healthy;
	}

	public int inFlight() {
		return this.inFlight.get();
	}

	Pool begin() {
		this.inFlight.incrementAndGet();
		return this;
	}

	/**
	 * A request that was sent to this pool has ended.
	 */
	public void end() {
		this.inFlight.decrementAndGet();
	}

	/**
	 * Takes one health check's outcome; two alike in a row decide.
	 */
	void checked(boolean passed) {
		if (passed == this.healthy) {
			this.inARow = 0;
		}
		else if (++this.inARow >= 2) {
			this.healthy = passed;
			this.inARow = 0;
		}
	}

}
