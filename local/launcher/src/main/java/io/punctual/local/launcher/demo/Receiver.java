package io.punctual.local.launcher.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client's receiver of webhooks on this host, as a client's engineer would write it: it
 * trusts a body only after an off-the-shelf library has verified its signature.
 */
final class Receiver implements Arrivals {

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpServer server;

	private final Duration trouble;

	private final String name;

	private final Map<String, Instant> received = new LinkedHashMap<>();

	private final List<Long> sequence = new ArrayList<>();

	private @Nullable Webhook webhook;

	private @Nullable Instant firstUpdate;

	private int failed;

	private int forged;

	private boolean dead;

	/**
	 * Starts a receiver.
	 * @param trouble for how long it fails, from the first update it is sent
	 * @param host where it is
	 */
	Receiver(Duration trouble, ReceiverHost host) throws IOException {
		this.trouble = trouble;
		this.name = host.name();
		this.server = HttpServer.create(new InetSocketAddress(host.address(), 0), 64);
		this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.server.createContext("/punctual", this::receive);
		this.server.start();
	}

	String url() {
		return "http://" + this.name + ":" + this.server.getAddress().getPort() + "/punctual";
	}

	synchronized void trust(String secret) {
		try {
			this.webhook = new Webhook(secret);
		}
		catch (EmptyWebhookSecretException ex) {
			throw new IllegalArgumentException("The secret is empty", ex);
		}
	}

	/**
	 * From now on nobody listens there.
	 */
	synchronized void die() {
		this.dead = true;
		this.server.stop(0);
	}

	private void receive(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		int status = accept(body, HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true));
		byte[] answer = (status == 200) ? challengeOf(body) : new byte[0];
		exchange.sendResponseHeaders(status, (answer.length > 0) ? answer.length : -1);
		try (exchange) {
			exchange.getResponseBody().write(answer);
		}
	}

	private synchronized int accept(String body, HttpHeaders headers) {
		Webhook trusted = this.webhook;
		if (trusted == null) {
			return 503;
		}
		try {
			trusted.verify(body, headers);
		}
		catch (WebhookVerificationException ex) {
			this.forged++;
			return 401;
		}
		JsonNode message = JSON.readTree(body);
		if (message.path("type").asString("").startsWith("endpoint.")) {
			return 200;
		}
		Instant now = Instant.now();
		this.firstUpdate = (this.firstUpdate != null) ? this.firstUpdate : now;
		if (now.isBefore(this.firstUpdate.plus(this.trouble))) {
			this.failed++;
			return 503;
		}
		if (this.received.putIfAbsent(headers.firstValue("webhook-id").orElseThrow(), now) == null) {
			this.sequence.add(sequenceOf(message));
		}
		return 200;
	}

	private static long sequenceOf(JsonNode message) {
		JsonNode data = message.path("data");
		return data.path("clientSeq").asLong(data.path("client_seq").asLong(-1));
	}

	/**
	 * The endpoint's owner proves that it is theirs by answering the challenge with
	 * itself.
	 */
	private static byte[] challengeOf(String body) {
		JsonNode data = JSON.readTree(body).path("data");
		String challenge = data.path("challenge").asString("");
		return challenge.isEmpty() ? new byte[0]
				: ("{\"challenge\":\"" + challenge + "\"}").getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public synchronized Map<String, Instant> arrivals() {
		return Map.copyOf(this.received);
	}

	@Override
	public synchronized int failed() {
		return this.failed;
	}

	@Override
	public synchronized int forged() {
		return this.forged;
	}

	@Override
	public synchronized boolean isSequenceWhole() {
		List<Long> sorted = this.sequence.stream().sorted().toList();
		for (int i = 1; i < sorted.size(); i++) {
			if (sorted.get(i) != sorted.get(i - 1) + 1) {
				return false;
			}
		}
		return true;
	}

	@Override
	public synchronized void close() {
		if (!this.dead) {
			die();
		}
	}

}
