package io.punctual.local.launcher.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every client's receiver, on one port: it answers challenges and notes when updates
 * arrive.
 */
final class Receivers implements AutoCloseable {

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpServer server;

	private final Map<String, Arrivals> arrivals = new ConcurrentHashMap<>();

	private volatile IntPredicate refusing = (number) -> false;

	private volatile IntPredicate silent = (number) -> false;

	Receivers() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }), 0),
				1024);
		this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.server.createContext("/", this::receive);
		this.server.start();
	}

	URI url(int number) {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + "/" + number);
	}

	/**
	 * What arrives of an update, or of anything else with that {@code webhook-id}.
	 */
	Arrivals of(String id) {
		return this.arrivals.computeIfAbsent(id, (key) -> new Arrivals());
	}

	/** What arrived of it is of no further interest. */
	void forget(String id) {
		this.arrivals.remove(id);
	}

	/** From now on these receivers refuse. */
	void refuse(IntPredicate which) {
		this.refusing = which;
	}

	/** From now on these receivers do not answer. */
	void silence(IntPredicate which) {
		this.silent = which;
	}

	private void receive(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		long now = System.nanoTime();
		int number = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
		if (this.silent.test(number)) {
			hang(number);
			return;
		}
		if (this.refusing.test(number)) {
			exchange.sendResponseHeaders(503, -1);
			exchange.close();
			return;
		}
		String id = String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id"));
		byte[] answer = id.startsWith("upd_") ? new byte[0] : challengeOf(body);
		exchange.sendResponseHeaders((answer.length > 0) ? 200 : 204, (answer.length > 0) ? answer.length : -1);
		try (exchange) {
			exchange.getResponseBody().write(answer);
		}
		of(id).add(exchange.getRequestURI().getPath(), now);
	}

	private void hang(int number) {
		while (this.silent.test(number)) {
			LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
		}
	}

	private static byte[] challengeOf(byte[] body) {
		String challenge = JSON.readTree(body).path("data").path("challenge").asString("");
		return challenge.isEmpty() ? new byte[0]
				: ("{\"challenge\":\"" + challenge + "\"}").getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	/**
	 * When one update arrived where.
	 */
	static final class Arrivals {

		private final Map<String, Long> byPath = new ConcurrentHashMap<>();

		private long last;

		private int repeated;

		private @Nullable CountDownLatch awaited;

		synchronized void add(String path, long nanoTime) {
			if (this.byPath.putIfAbsent(path, nanoTime) != null) {
				this.repeated++;
				return;
			}
			this.last = Math.max(this.last, nanoTime);
			if (this.awaited != null) {
				this.awaited.countDown();
			}
		}

		/**
		 * Waits until it has arrived at so many.
		 * @return the {@link System#nanoTime()} of the last arrival
		 */
		long await(int count) throws InterruptedException {
			CountDownLatch latch;
			synchronized (this) {
				latch = new CountDownLatch(Math.max(0, count - this.byPath.size()));
				this.awaited = latch;
			}
			if (!latch.await(2, TimeUnit.MINUTES)) {
				throw new IllegalStateException(latch.getCount() + " of " + count + " did not arrive in two minutes");
			}
			synchronized (this) {
				return this.last;
			}
		}

		/** At how many it has arrived. */
		int size() {
			return this.byPath.size();
		}

		synchronized int repeated() {
			return this.repeated;
		}

	}

}
