package io.punctual.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * A server that stands in for somebody else's: it keeps what it was asked and answers as
 * the test says.
 */
public final class HttpStandIn implements AutoCloseable {

	private final HttpServer server;

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private volatile Function<Request, Answer> answers;

	/**
	 * Start it on a free port of this host.
	 * @param answers what it answers
	 */
	public HttpStandIn(Function<Request, Answer> answers) {
		this.answers = answers;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	public URI url() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	/** What it was asked, in order. */
	public List<Request> requests() {
		return List.copyOf(this.requests);
	}

	/** Forget what it was asked. */
	public void forget() {
		this.requests.clear();
	}

	/** Answer otherwise from now on. */
	public void answering(Function<Request, Answer> other) {
		this.answers = other;
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			byte[] body = exchange.getRequestBody().readAllBytes();
			if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
				body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
			}
			Request request = new Request(exchange.getRequestMethod(), exchange.getRequestURI(),
					Map.copyOf(exchange.getRequestHeaders()), body);
			this.requests.add(request);
			Answer answer;
			try {
				answer = this.answers.apply(request);
			}
			catch (RuntimeException ex) {
				answer = new Answer(500, Map.of(), String.valueOf(ex).getBytes(StandardCharsets.UTF_8));
			}
			answer.headers().forEach(exchange.getResponseHeaders()::set);
			exchange.sendResponseHeaders(answer.status(), (answer.body().length > 0) ? answer.body().length : -1);
			exchange.getResponseBody().write(answer.body());
		}
	}

	/**
	 * What it was asked; the body unpacked.
	 */
	public record Request(String method, URI uri, Map<String, List<String>> headers, byte[] body) {

		public String path() {
			return this.uri.getPath();
		}

		/** A header's first value. */
		public @Nullable String header(String name) {
			return this.headers.entrySet()
				.stream()
				.filter((header) -> header.getKey().equalsIgnoreCase(name))
				.map((header) -> header.getValue().getFirst())
				.findFirst()
				.orElse(null);
		}

		public String text() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

	}

	/**
	 * What it answers.
	 */
	public record Answer(int status, Map<String, String> headers, byte[] body) {

		public static Answer of(int status, String contentType, byte[] body) {
			return new Answer(status, Map.of("Content-Type", contentType), body);
		}

		public static Answer json(int status, String body) {
			return of(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
		}

	}

}
