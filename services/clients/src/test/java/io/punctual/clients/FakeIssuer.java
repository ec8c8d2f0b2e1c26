package io.punctual.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Stands at the edge of the world: an authorization server's administration over HTTP.
 */
class FakeIssuer {

	final Map<String, Boolean> clients = new ConcurrentHashMap<>();

	volatile boolean down;

	private final HttpServer server;

	FakeIssuer() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/admin/clients", this::handle);
		this.server.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/admin";
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			exchange.getRequestBody().readAllBytes();
			if (this.down || !"Bearer admin".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
				exchange.sendResponseHeaders(this.down ? 503 : 401, -1);
			}
			else if (exchange.getRequestMethod().equals("POST")) {
				String id = UUID.randomUUID().toString();
				this.clients.put(id, true);
				byte[] body = """
						{"clientId":"%s","clientSecret":"s3cret","apiKeyId":"key-%s","apiKey":"key-of-%s"}"""
					.formatted(id, id, id)
					.getBytes(StandardCharsets.UTF_8);
				exchange.getResponseHeaders().set("Content-Type", "application/json");
				exchange.sendResponseHeaders(201, body.length);
				exchange.getResponseBody().write(body);
			}
			else {
				String path = exchange.getRequestURI().getPath();
				this.clients.remove(path.substring(path.lastIndexOf('/') + 1));
				exchange.sendResponseHeaders(204, -1);
			}
		}
	}

}
