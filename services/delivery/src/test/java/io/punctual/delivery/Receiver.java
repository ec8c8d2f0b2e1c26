package io.punctual.delivery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A receiver of webhooks on a port of its own that verifies signatures by the
 * off-the-shelf library and answers as it is told.
 */
public final class Receiver implements AutoCloseable {

	private final HttpServer server;

	private final List<Message> messages = new CopyOnWriteArrayList<>();

	private volatile Function<Message, Answer> behaviour = (message) -> Answer.of(204);

	public Receiver() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	public Receiver answering(Function<Message, Answer> behaviour) {
		this.behaviour = behaviour;
		return this;
	}

	public String url(String path) {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + path;
	}

	public List<Message> messages() {
		return this.messages;
	}

	public List<Message> messages(String path) {
		return this.messages.stream().filter((message) -> message.path.equals(path)).toList();
	}

	private void handle(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		Message message = new Message(exchange.getRequestURI().getPath(), Map.copyOf(exchange.getRequestHeaders()),
				new String(body, StandardCharsets.UTF_8), System.nanoTime());
		this.messages.add(message);
		Answer answer = this.behaviour.apply(message);
		byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
		answer.headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
		exchange.sendResponseHeaders(answer.status, (bytes.length > 0) ? bytes.length : -1);
		if (bytes.length > 0) {
			exchange.getResponseBody().write(bytes);
		}
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	public record Message(String path, Map<String, List<String>> headers, String body, long nanos) {

		public String header(String name) {
			return HttpHeaders.of(this.headers, (a, b) -> true).firstValue(name).orElseThrow();
		}

		/** Whether the library finds the signature to be right. */
		public boolean isSignedBy(String secret) {
			try {
				new Webhook(secret).verify(this.body, HttpHeaders.of(this.headers, (a, b) -> true));
				return true;
			}
			catch (Exception ex) {
				return false;
			}
		}

	}

	public record Answer(int status, String body, Map<String, String> headers) {

		public static Answer of(int status) {
			return new Answer(status, "", Map.of());
		}

		public static Answer of(int status, String body) {
			return new Answer(status, body, Map.of());
		}

	}

}
