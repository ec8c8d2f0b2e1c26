package io.punctual.release.hook.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A healthy Punctual on a real port, whose every answer a test can replace: green at
 * {@code /green}, the production listeners at {@code /clients} and so on, tokens at
 * {@code /token}.
 */
public final class PunctualStandIn implements AutoCloseable {

	public static final Synthetic SYNTHETIC = new Synthetic("cli_1", "cmp_1", "end_1");

	private final HttpServer server;

	private final Map<String, Supplier<Reply>> replaced = new ConcurrentHashMap<>();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final List<Sent> sent = new CopyOnWriteArrayList<>();

	private final Map<String, String> gate = new LinkedHashMap<>(Map.of("blue", "ACTIVE"));

	private volatile String green = "green";

	private volatile boolean published;

	private volatile String problems = "application/problem+json";

	public PunctualStandIn() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		this.gate.put("green", "STANDBY");
		this.server.createContext("/", this::handle);
		this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.server.start();
	}

	/**
	 * Puts an answer in the place of another.
	 * @param request a pattern of method and path
	 */
	public PunctualStandIn answering(String request, int status, String body) {
		this.replaced.put(request, () -> new Reply(status, body));
		return this;
	}

	/**
	 * Puts an answer in the place of the first one only.
	 */
	public PunctualStandIn once(String request, int status, String body) {
		this.replaced.put(request, () -> {
			this.replaced.remove(request);
			return new Reply(status, body);
		});
		return this;
	}

	public PunctualStandIn never(String request) {
		this.replaced.put(request, () -> {
			try {
				Thread.sleep(60_000);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return new Reply(200, "{}");
		});
		return this;
	}

	public Map<String, String> gate() {
		return this.gate;
	}

	public void greenIs(String release) {
		this.green = release;
	}

	public void problemsAre(String contentType) {
		this.problems = contentType;
	}

	public List<String> requests() {
		return this.requests;
	}

	public List<String> requests(String pattern) {
		return this.requests.stream().filter(Pattern.compile(pattern).asPredicate()).toList();
	}

	/**
	 * What was sent, body and key, with the requests that match the pattern.
	 */
	public List<Sent> sent(String pattern) {
		return this.sent.stream().filter((one) -> Pattern.compile(pattern).matcher(one.request()).find()).toList();
	}

	public String url(String path) {
		return "http://localhost:" + this.server.getAddress().getPort() + path;
	}

	public Services services(String service) {
		return new Services(service, url("/green"), Map.of("clients", url("/clients"), "notices", url("/notices"),
				"delivery", url("/delivery"), "sla", url("/sla")));
	}

	public Caller caller() {
		return new Caller(new Caller.Credential(url("/token"), "hook", "secret"));
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
			this.requests.add(request);
			String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
			this.sent
				.add(new Sent(request, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
						(key != null) ? key : ""));
			Reply reply = this.replaced.entrySet()
				.stream()
				.filter((entry) -> Pattern.compile(entry.getKey()).matcher(request).find())
				.findFirst()
				.map((entry) -> entry.getValue().get())
				.orElseGet(() -> healthy(request, exchange.getRequestHeaders().containsKey("Authorization")));
			exchange.getResponseHeaders()
				.set("Content-Type", (reply.status < 400) ? "application/json" : this.problems);
			exchange.getResponseHeaders().set("ETag", "\"v1\"");
			byte[] bytes = reply.body.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(reply.status, (bytes.length > 0) ? bytes.length : -1);
			exchange.getResponseBody().write(bytes);
		}
	}

	private Reply healthy(String request, boolean token) {
		if (request.contains("/actuator/health/readiness")) {
			return new Reply(200, "{\"status\":\"UP\"}");
		}
		if (!token) {
			return new Reply(401, "{}");
		}
		if (request.equals("POST /token")) {
			return new Reply(200, "{\"access_token\":\"t\"}");
		}
		if (request.contains("/internal/releases")) {
			return gate(request);
		}
		if (request.contains("/challenge")) {
			return new Reply(200, "{\"passed\":true}");
		}
		if (request.contains("/by-external-id/")) {
			return new Reply(200, "{\"id\":\"cli_1\",\"synthetic\":true}");
		}
		if (request.contains("/components")) {
			return new Reply(200, "{\"items\":[{\"componentId\":\"cmp_1\"}]}");
		}
		if (request.contains("/endpoints")) {
			return new Reply(200, "{\"items\":[{\"id\":\"end_1\",\"state\":\"VERIFIED\"}]}");
		}
		if (request.contains("/audience")) {
			return new Reply(200, "{\"clients\":1,\"items\":[{\"clientId\":\"cli_1\"}]}");
		}
		if (request.startsWith("POST") && request.endsWith("/v1/notices")) {
			return new Reply(201, "{\"noticeId\":\"not_1\"}");
		}
		if (request.startsWith("POST") && request.endsWith("/updates")) {
			this.published = true;
			return new Reply(201, "{\"updateId\":\"upd_1\"}");
		}
		if (request.contains("/v1/deliveries") && request.contains("notice=not_1") && this.published) {
			return new Reply(200, "{\"items\":[{\"state\":\"DELIVERED\"}]}");
		}
		return new Reply(200, "{\"items\":[]}");
	}

	private synchronized Reply gate(String request) {
		String[] parts = request.split("/");
		String release = parts[parts.length - 2];
		if (request.endsWith("/activate")) {
			this.gate.replaceAll((name, state) -> state.equals("ACTIVE") ? "DRAINING" : state);
			this.gate.put(release, "ACTIVE");
		}
		else if (request.endsWith("/reject")) {
			this.gate.replaceAll((name, state) -> state.equals("DRAINING") ? "ACTIVE" : state);
			this.gate.put(release, "REJECTED");
		}
		String self = request.contains("/green/") ? this.green : "blue";
		List<String> releases = new ArrayList<>();
		this.gate
			.forEach((name, state) -> releases.add("{\"release\":\"%s\",\"state\":\"%s\"}".formatted(name, state)));
		return new Reply(200, "{\"self\":\"" + self + "\",\"releases\":[" + String.join(",", releases) + "]}");
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	/**
	 * A request as it came: its body, and its idempotency key or nothing.
	 */
	public record Sent(String request, String body, String key) {
	}

	private record Reply(int status, String body) {
	}

}
