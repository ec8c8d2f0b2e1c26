package io.punctual.shared.events;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import io.punctual.shared.security.ServiceTokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Speaks to one source over HTTP. Whatever goes wrong there is a
 * {@link SourceUnavailableException}.
 */
class SourceClient {

	/**
	 * Added to the wait that was asked for: by then a source that is well has answered.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private static final Duration SNAPSHOT_PATIENCE = Duration.ofMinutes(1);

	private final HttpClient http;

	private final Supplier<URI> base;

	private final Duration gather;

	private final ServiceTokens tokens;

	private volatile @Nullable CompletableFuture<?> waiting;

	/**
	 * Create a client of one source.
	 * @param gather how long events may gather there before they are sent, if they are
	 * waited for
	 */
	SourceClient(HttpClient http, Supplier<URI> base, Duration gather, ServiceTokens tokens) {
		this.http = http;
		this.base = base;
		this.gather = gather;
		this.tokens = tokens;
	}

	/**
	 * Read a page.
	 * @param after the last position that is known
	 * @param wait how long the source may wait for the first event
	 * @param limit at most so many events
	 */
	ReceivedPage poll(long after, Duration wait, int limit) {
		String query = "/internal/events?after=" + after + "&wait=" + wait.toSeconds() + "&limit=" + limit
				+ ((wait.isZero() || this.gather.isZero()) ? "" : "&gather=" + this.gather.toMillis());
		CompletableFuture<HttpResponse<byte[]>> answer = send(query, wait.plus(PATIENCE),
				HttpResponse.BodyHandlers.ofByteArray());
		if (!wait.isZero()) {
			this.waiting = answer;
		}
		try {
			return ReceivedPage.of(EventJson.MAPPER.readTree(await(answer)));
		}
		catch (JacksonException | IllegalArgumentException ex) {
			throw new SourceUnavailableException("answers with something else than events", ex);
		}
	}

	ReceivedSnapshot snapshot() {
		CompletableFuture<HttpResponse<InputStream>> answer = send("/internal/snapshot", SNAPSHOT_PATIENCE,
				HttpResponse.BodyHandlers.ofInputStream());
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(await(answer), StandardCharsets.UTF_8))) {
			return ReceivedSnapshot.read(lines);
		}
		catch (IOException | JacksonException ex) {
			throw new SourceUnavailableException("breaks its snapshot off", ex);
		}
	}

	/**
	 * End the poll that waits, if one does.
	 */
	void hangUp() {
		CompletableFuture<?> present = this.waiting;
		if (present != null) {
			present.cancel(true);
		}
	}

	private <T> CompletableFuture<HttpResponse<T>> send(String path, Duration patience,
			HttpResponse.BodyHandler<T> handler) {
		return this.http.sendAsync(HttpRequest.newBuilder(URI.create(this.base.get() + path))
			.header("Authorization", "Bearer " + token())
			.header("Accept", "application/json, application/x-ndjson")
			.timeout(patience)
			.build(), handler);
	}

	private String token() {
		try {
			return this.tokens.token();
		}
		catch (RuntimeException ex) {
			throw new SourceUnavailableException("cannot be asked without a token: " + ex.getMessage(), ex);
		}
	}

	private <T> T await(CompletableFuture<HttpResponse<T>> future) {
		try {
			HttpResponse<T> answer = future.get();
			if (answer.statusCode() != 200) {
				if (answer.statusCode() == 401) {
					this.tokens.forget();
				}
				throw new SourceUnavailableException("answers " + answer.statusCode(), null);
			}
			return answer.body();
		}
		catch (InterruptedException ex) {
			future.cancel(true);
			Thread.currentThread().interrupt();
			throw new SourceUnavailableException("is not waited for any longer", ex);
		}
		catch (CancellationException ex) {
			throw new SourceUnavailableException("is not waited for any longer", ex);
		}
		catch (ExecutionException ex) {
			throw new SourceUnavailableException("does not answer: " + ex.getCause(), ex.getCause());
		}
	}

}
