package io.punctual.release.hook.deployment;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * AWS's JSON services on a port of this machine: keeps what they are sent, answers what a
 * test says.
 */
final class AwsStandIn implements AutoCloseable {

	private static final JsonMapper JSON = new JsonMapper();

	private final Map<String, String> answers = new HashMap<>();

	private final List<Call> calls = new CopyOnWriteArrayList<>();

	private final Queue<Reply> first = new ConcurrentLinkedQueue<>();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final HttpServer server;

	AwsStandIn() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		this.server.createContext("/", this::handle);
		this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.server.start();
	}

	/**
	 * What comes before the answers.
	 */
	AwsStandIn first(Reply... replies) {
		this.first.addAll(List.of(replies));
		return this;
	}

	AwsStandIn answering(String operation, String body) {
		this.answers.put(operation, body);
		return this;
	}

	List<Call> calls() {
		return this.calls;
	}

	<B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(B builder) {
		return builder.endpointOverride(URI.create("http://localhost:" + this.server.getAddress().getPort()))
			.region(Region.EU_WEST_1)
			.credentialsProvider(AnonymousCredentialsProvider.create())
			.httpClient(UrlConnectionHttpClient.create())
			.build();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
			String operation = target.substring(target.lastIndexOf('.') + 1);
			this.calls.add(new Call(operation, JSON.readTree(exchange.getRequestBody().readAllBytes())));
			Reply reply = this.first.poll();
			if (reply != null && reply.silent()) {
				this.closed.await();
			}
			byte[] body = ((reply != null) ? reply.body() : this.answers.getOrDefault(operation, "{}"))
				.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
			exchange.sendResponseHeaders((reply != null) ? reply.status() : 200, body.length);
			exchange.getResponseBody().write(body);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.closed.countDown();
		this.server.stop(0);
	}

	record Reply(int status, String body, boolean silent) {

		static Reply of(int status, String body) {
			return new Reply(status, body, false);
		}

		static Reply silence() {
			return new Reply(200, "{}", true);
		}

	}

	record Call(String operation, JsonNode body) {
	}

}
