package io.punctual.local.edge.target;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The admin port, on loopback only: the edge's health, and the pools with their weights,
 * which may be changed while traffic flows.
 */
public final class AdminServer implements AutoCloseable {

	private static final String TARGETS = "/targets/";

	private final JsonMapper json = new JsonMapper();

	private final Targets targets;

	private final int port;

	private @Nullable HttpServer server;

	/**
	 * @param port 0 for no admin port
	 */
	public AdminServer(int port, Targets targets) {
		this.targets = targets;
		this.port = port;
	}

	/**
	 * Opens the port, once the edge takes requests.
	 */
	public void start() {
		if (this.port > 0) {
			this.server = open();
		}
	}

	private HttpServer open() {
		try {
			HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port),
					0);
			started.createContext("/", this::handle);
			started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
			started.start();
			return started;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The admin port " + this.port + " cannot be opened", ex);
		}
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			route(exchange);
		}
	}

	private void route(HttpExchange exchange) throws IOException {
		try {
			String path = exchange.getRequestURI().getPath();
			String method = exchange.getRequestMethod();
			if (path.startsWith("/actuator/health") || path.equals("/health")) {
				answer(exchange, 200, Map.of("status", "UP"));
			}
			else if (path.equals("/targets") && method.equals("GET")) {
				answer(exchange, 200, shown());
			}
			else if (path.startsWith(TARGETS) && method.equals("PUT")) {
				this.targets.set(path.substring(TARGETS.length()), read(exchange.getRequestBody()));
				answer(exchange, 200, shown());
			}
			else {
				answer(exchange, 404, Map.of("error", "GET /health, GET /targets, PUT /targets/{service}"));
			}
		}
		catch (IllegalArgumentException | JacksonException ex) {
			answer(exchange, 400, Map.of("error", String.valueOf(ex.getMessage())));
		}
	}

	private List<Pool> read(InputStream body) {
		List<Pool> pools = new ArrayList<>();
		for (JsonNode pool : this.json.readTree(body)) {
			pools.add(new Pool(pool.path("name").asString("only"), URI.create(pool.path("url").asString("")),
					pool.path("weight").asInt(1)));
		}
		return pools;
	}

	private Map<String, Object> shown() {
		Map<String, Object> shown = new java.util.TreeMap<>();
		this.targets.all()
			.forEach((name, pools) -> shown.put(name,
					pools.stream()
						.map((pool) -> Map.of("name", pool.name(), "url", pool.url().toString(), "weight",
								pool.weight(), "healthy", pool.isHealthy(), "inFlight", pool.inFlight()))
						.toList()));
		return shown;
	}

	private void answer(HttpExchange exchange, int status, Object body) throws IOException {
		byte[] bytes = this.json.writeValueAsBytes(body);
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, bytes.length);
		exchange.getResponseBody().write(bytes);
	}

	@Override
	public void close() {
		if (this.server != null) {
			this.server.stop(0);
		}
	}

}
