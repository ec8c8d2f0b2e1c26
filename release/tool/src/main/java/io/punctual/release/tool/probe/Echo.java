package io.punctual.release.tool.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.punctual.release.tool.Documents;
import io.punctual.release.tool.ReleaseException;

/**
 * What stands behind the local edge: answers with what arrived, as
 * {@code release/probes/echo.yaml} does on AWS.
 */
final class Echo implements AutoCloseable {

	private final HttpServer server;

	private final AtomicInteger number = new AtomicInteger();

	Echo(int port) {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		}
		catch (IOException ex) {
			throw new ReleaseException("the echo cannot listen at " + port, ex);
		}
		this.server.createContext("/", this::handle);
		this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.server.start();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String target = exchange.getRequestURI().toString();
			Map<String, String> headers = new LinkedHashMap<>();
			exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getLast()));
			byte[] body = Documents.JSON
				.writeValueAsBytes(Map.of("number", this.number.incrementAndGet(), "target", target, "headers", headers,
						"body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
			if (target.equals("/slow")) {
				Thread.sleep(4_000);
			}
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(target.contains("/gone-") ? 410 : 200, body.length);
			exchange.getResponseBody().write(body);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
