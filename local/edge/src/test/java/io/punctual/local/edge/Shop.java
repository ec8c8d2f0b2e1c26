package io.punctual.local.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * The backend of the sample document: answers with what it was asked.
 */
final class Shop implements AutoCloseable {

	record Seen(String method, String target, Map<String, List<String>> headers, String body) {
	}

	private static final int MEBIBYTE = 1024 * 1024;

	private final HttpServer server;

	private final Semaphore second = new Semaphore(0);

	private final AtomicInteger count = new AtomicInteger();

	private volatile Seen last = new Seen("", "", Map.of(), "");

	Shop() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::handle);
		this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.server.start();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
			exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, new ArrayList<>(values)));
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			this.last = new Seen(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
			int number = this.count.incrementAndGet();
			String path = exchange.getRequestURI().getRawPath();
			exchange.getResponseHeaders().add("X-Shop", "open");
			exchange.getResponseHeaders().add("Server", "till/1");
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			if (path.endsWith("/late")) {
				Thread.sleep(50_000);
			}
			if (path.equals("/stream")) {
				exchange.sendResponseHeaders(200, 0);
				exchange.getResponseBody().write("first\n".getBytes(StandardCharsets.UTF_8));
				exchange.getResponseBody().flush();
				this.second.tryAcquire(60, TimeUnit.SECONDS);
				exchange.getResponseBody().write("second\n".getBytes(StandardCharsets.UTF_8));
				return;
			}
			byte[] bytes = ("{\"number\":" + number + "}" + (path.endsWith("/large") ? " ".repeat(MEBIBYTE) : ""))
				.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(path.endsWith("/gone") ? 410 : 200, bytes.length);
			exchange.getResponseBody().write(bytes);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Lets a stream that has begun end.
	 */
	void goOn() {
		this.second.release();
	}

	String url() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	Seen last() {
		return this.last;
	}

	int count() {
		return this.count.get();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
