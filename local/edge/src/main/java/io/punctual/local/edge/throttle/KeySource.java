package io.punctual.local.edge.throttle;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * API keys that another process keeps and lists over HTTP as
 * {@code [{"id","valueSha256","usagePlan"}]}: read every second, and at once when a key
 * is met that is not known. While that process does not answer, what was read last
 * counts.
 */
public final class KeySource implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(KeySource.class);

	/**
	 * Whoever guesses keys does not make the edge ask more often than this.
	 */
	private static final long LEAST_PAUSE = Duration.ofMillis(100).toNanos();

	private final JsonMapper json = new JsonMapper();

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

	private final HttpRequest request;

	private final ScheduledExecutorService reading = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("api-keys").factory());

	private volatile Map<String, Entry> byDigest = Map.of();

	private long lastRead = System.nanoTime() - LEAST_PAUSE;

	private boolean answered = true;

	/**
	 * One key.
	 *
	 * @param valueSha256 its value's SHA-256 in hexadecimal digits
	 */
	record Entry(String id, String valueSha256, String usagePlan) {
	}

	public KeySource(URI address, @Nullable String bearer) {
		HttpRequest.Builder builder = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(2));
		if (bearer != null) {
			builder.header("Authorization", "Bearer " + bearer);
		}
		this.request = builder.build();
		this.reading.scheduleWithFixedDelay(this::read, 1, 1, TimeUnit.SECONDS);
	}

	@Nullable Entry find(String digest) {
		Entry entry = this.byDigest.get(digest);
		if (entry == null) {
			readSoon();
			entry = this.byDigest.get(digest);
		}
		return entry;
	}

	private synchronized void readSoon() {
		if (System.nanoTime() - this.lastRead >= LEAST_PAUSE) {
			read();
		}
	}

	private synchronized void read() {
		try {
			HttpResponse<byte[]> answer = this.http.send(this.request, HttpResponse.BodyHandlers.ofByteArray());
			if (answer.statusCode() != 200) {
				throw new IOException("status " + answer.statusCode());
			}
			Map<String, Entry> read = new HashMap<>();
			for (Entry entry : this.json.readValue(answer.body(), Entry[].class)) {
				read.put(entry.valueSha256(), entry);
			}
			this.byDigest = read;
			this.answered = true;
		}
		catch (IOException | JacksonException ex) {
			if (this.answered) {
				LOG.warn("The API keys cannot be read from {}: {}; those read last count", this.request.uri(),
						ex.toString());
			}
			this.answered = false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lastRead = System.nanoTime();
		}
	}

	@Override
	public void close() {
		this.reading.shutdownNow();
		this.http.shutdownNow();
	}

}
