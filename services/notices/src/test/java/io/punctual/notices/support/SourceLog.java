package io.punctual.notices.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * The event log of another service, as it is read over HTTP.
 */
public final class SourceLog implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final List<Map<String, Object>> events = new CopyOnWriteArrayList<>();

	private final HttpServer server;

	private final String source;

	public SourceLog(String source) {
		this.source = source;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.server.createContext("/internal/events", this::page);
		this.server.start();
	}

	public String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/**
	 * Appends an event that happens now.
	 */
	public void append(String type, String subject, Object data) {
		append(type, subject, Instant.now(), data);
	}

	public synchronized void append(String type, String subject, Instant time, Object data) {
		Map<String, Object> event = new LinkedHashMap<>();
		int position = this.events.size() + 1;
		event.put("specversion", "1.0");
		event.put("id", "TEST-" + position);
		event.put("source", this.source);
		event.put("type", type);
		event.put("subject", subject);
		event.put("time", time.toString());
		event.put("datacontenttype", "application/json");
		event.put("sequence", String.valueOf(position));
		event.put("correlationid", "test");
		event.put("data", data);
		this.events.add(event);
	}

	public long head() {
		return this.events.size();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	private void page(HttpExchange exchange) throws IOException {
		Map<String, String> query = new LinkedHashMap<>();
		for (String pair : exchange.getRequestURI().getQuery().split("&")) {
			String[] parts = pair.split("=", 2);
			query.put(parts[0], parts[1]);
		}
		int after = Integer.parseInt(query.get("after"));
		int limit = Integer.parseInt(query.getOrDefault("limit", "500"));
		List<Map<String, Object>> all = new ArrayList<>(this.events);
		List<Map<String, Object>> page = all.subList(Math.min(after, all.size()), Math.min(all.size(), after + limit));
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("epoch", "TESTEPOCHTESTEPOCHTESTEPOC");
		answer.put("head", all.size());
		answer.put("tail", 1);
		answer.put("asOf", Instant.now().minusMillis(501).toString());
		answer.put("events", page);
		byte[] body = JSON.writeValueAsString(answer).getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

}
