package io.punctual.delivery.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import javax.net.ssl.SSLException;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.DeliveryProperties;
import io.punctual.shared.contract.DeliveriesFailing.Side;
import io.punctual.shared.observability.Correlation;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Sends a signed message to a receiver, once: connect in 3 s, all in 10 s, no redirect,
 * and only to an address that was found to be public as the connection was made.
 */
@Component
public class WebhookSender {

	private static final int KEPT_BODY_BYTES = 4096;

	private static final int MOST_BODY_BYTES = 256 * 1024;

	private static final int KEPT_HEADERS = 4096;

	private final CloseableHttpClient http;

	private final DeliveryClock clock;

	private final DeliveryProperties properties;

	private final ScheduledExecutorService deadlines = deadlines();

	WebhookSender(CloseableHttpClient webhookClient, DeliveryClock clock, DeliveryProperties properties) {
		this.http = webhookClient;
		this.clock = clock;
		this.properties = properties;
	}

	/** Of a deadline that was met nothing is kept: there may be thousands a second. */
	private static ScheduledExecutorService deadlines() {
		ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(1,
				Thread.ofPlatform().daemon().name("attempt-deadlines").factory());
		deadlines.setRemoveOnCancelPolicy(true);
		return deadlines;
	}

	/**
	 * Send the message.
	 * @param message what to send
	 * @return what came of it; never an exception
	 */
	public WebhookResult send(WebhookRequest message) {
		Instant start = this.clock.now();
		HttpClientContext context = HttpClientContext.create();
		AtomicBoolean late = new AtomicBoolean();
		try {
			HttpPost request = post(message, start);
			Future<?> deadline = this.deadlines.schedule(() -> {
				late.set(true);
				request.cancel();
			}, this.properties.timeout().toMillis(), TimeUnit.MILLISECONDS);
			try {
				return execute(request, context, start);
			}
			finally {
				deadline.cancel(false);
			}
		}
		catch (IOException | RuntimeException ex) {
			Failure failure = late.get() ? new Failure(Side.RECIPIENT, "timed out") : Failure.of(ex);
			return new WebhookResult(start, this.clock.now(), null, failure.error, failure.side, address(context), null,
					null, null);
		}
	}

	private HttpPost post(WebhookRequest message, Instant start) {
		HttpPost request = new HttpPost(message.url());
		request.setHeader("webhook-id", message.id());
		request.setHeader("webhook-timestamp", Long.toString(start.getEpochSecond()));
		request.setHeader("webhook-signature",
				WebhookSigner.sign(message.id(), start, message.body(), message.secrets()));
		request.setHeader(Correlation.HEADER, message.correlationId());
		request.setEntity(new ByteArrayEntity(message.body(), ContentType.APPLICATION_JSON));
		return request;
	}

	private WebhookResult execute(HttpPost request, HttpClientContext context, Instant start) throws IOException {
		try {
			return this.http.execute(request, context, (response) -> result(response, context, start));
		}
		catch (NoHttpResponseException | SocketException ex) {
			// A kept connection that the receiver had closed: nothing was read of the
			// message.
			if (ex instanceof ConnectException || request.isCancelled()) {
				throw ex;
			}
			return this.http.execute(request, context, (response) -> result(response, context, start));
		}
	}

	private WebhookResult result(ClassicHttpResponse response, HttpClientContext context, Instant start)
			throws IOException {
		String body = read(response.getEntity());
		Instant end = this.clock.now();
		int status = response.getCode();
		boolean success = status >= 200 && status < 300;
		Header retryAfter = response.getFirstHeader("Retry-After");
		return new WebhookResult(start, end, status, success ? null : "answered " + status,
				success ? null : Side.RECIPIENT, address(context), headers(response), body,
				(success || retryAfter == null) ? null : RetryAfter.parse(retryAfter.getValue(), end));
	}

	private static @Nullable String read(@Nullable HttpEntity entity) throws IOException {
		if (entity == null) {
			return null;
		}
		try (InputStream in = entity.getContent()) {
			byte[] kept = in.readNBytes(KEPT_BODY_BYTES);
			in.readNBytes(MOST_BODY_BYTES);
			return new String(kept, StandardCharsets.UTF_8);
		}
	}

	private static String headers(ClassicHttpResponse response) {
		String all = Arrays.stream(response.getHeaders())
			.map((header) -> header.getName() + ": " + header.getValue())
			.collect(Collectors.joining("\n"));
		return all.substring(0, Math.min(all.length(), KEPT_HEADERS));
	}

	private static @Nullable String address(HttpClientContext context) {
		EndpointDetails details = context.getEndpointDetails();
		return (details != null && details.getRemoteAddress() instanceof InetSocketAddress remote)
				? remote.getAddress().getHostAddress() + ":" + remote.getPort() : null;
	}

	/**
	 * What an exception means.
	 */
	private record Failure(Side side, String error) {

		static Failure of(Exception ex) {
			return switch (ex) {
				case ForbiddenTargetException forbidden -> new Failure(Side.RECIPIENT, "address is forbidden");
				case UnknownHostException unknown -> new Failure(Side.RECIPIENT, "host is unknown");
				case SSLException tls -> new Failure(Side.RECIPIENT, "TLS failed");
				case SocketTimeoutException timeout -> new Failure(Side.RECIPIENT, "timed out");
				case ConnectException refused -> new Failure(Side.RECIPIENT, "connection refused");
				case InterruptedIOException interrupted -> new Failure(Side.RECIPIENT, "timed out");
				case IOException broken -> new Failure(Side.RECIPIENT, "connection broken");
				default -> new Failure(Side.PROVIDER, "could not be sent");
			};
		}

	}

}
