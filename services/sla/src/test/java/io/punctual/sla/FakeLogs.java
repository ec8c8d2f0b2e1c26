package io.punctual.sla;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * The logs of the other services, served over HTTP as they serve them, with a switch that
 * takes one down.
 */
public final class FakeLogs implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.builder()
		.changeDefaultPropertyInclusion((value) -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	private static final List<String> SOURCES = List.of("clients", "notices", "delivery");

	private final HttpServer server;

	private final Map<String, List<Map<String, Object>>> logs = new HashMap<>();

	private final Set<String> down = ConcurrentHashMap.newKeySet();

	public FakeLogs() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	/** Has a service read these logs. */
	public void serve(DynamicPropertyRegistry registry) {
		SOURCES.forEach((source) -> registry.add("punctual.sources." + source + ".url", () -> url(source)));
	}

	/** The settings by which a service reads these logs. */
	public List<String> settings() {
		return SOURCES.stream().map((source) -> "punctual.sources." + source + ".url=" + url(source)).toList();
	}

	private String url(String source) {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/" + source;
	}

	public synchronized void append(String source, String type, String subject, Object data) {
		List<Map<String, Object>> log = this.logs.computeIfAbsent(source, (key) -> new ArrayList<>());
		Map<String, Object> event = new LinkedHashMap<>();
		int position = log.size() + 1;
		event.put("specversion", "1.0");
		event.put("id", "test-" + position);
		event.put("source", source);
		event.put("type", type);
		event.put("subject", subject);
		event.put("time", Instant.now().toString());
		event.put("datacontenttype", "application/json");
		event.put("sequence", Integer.toString(position));
		event.put("correlationid", "test");
		event.put("data", data);
		log.add(event);
		notifyAll();
	}

	public void down(String source) {
		this.down.add(source);
	}

	public void up(String source) {
		this.down.remove(source);
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	private void answer(HttpExchange exchange) throws IOException {
		String source = exchange.getRequestURI().getPath().split("/")[1];
		Map<String, String> query = new HashMap<>();
		for (String pair : String.valueOf(exchange.getRequestURI().getQuery()).split("&")) {
			query.put(pair.split("=")[0], pair.substring(pair.indexOf('=') + 1));
		}
		byte[] body = new byte[0];
		int status = 503;
		if (!this.down.contains(source)) {
			body = page(source, Integer.parseInt(query.getOrDefault("after", "0")),
					Long.parseLong(query.getOrDefault("wait", "0")),
					Integer.parseInt(query.getOrDefault("limit", "500")));
			status = this.down.contains(source) ? 503 : 200;
		}
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
		if (body.length > 0) {
			exchange.getResponseBody().write(body);
		}
		exchange.close();
	}

	private synchronized byte[] page(String source, int after, long waitSeconds, int limit) {
		List<Map<String, Object>> log = this.logs.computeIfAbsent(source, (key) -> new ArrayList<>());
		long until = System.nanoTime() + Math.min(waitSeconds, 1) * 1_000_000_000L;
		while (log.size() <= after && System.nanoTime() < until) {
			try {
				wait(50);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				break;
			}
		}
		int end = Math.min(log.size(), after + limit);
		Map<String, Object> page = new LinkedHashMap<>();
		page.put("epoch", "test");
		page.put("head", log.size());
		page.put("tail", 1);
		page.put("asOf",
				((end == log.size()) ? Instant.now() : Instant.parse((String) log.get(end).get("time")))
					.minusMillis(500)
					.toString());
		page.put("events", log.subList(Math.min(after, end), end));
		return JSON.writeValueAsBytes(page);
	}

}
