package io.punctual.local.edge.integration;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.punctual.local.edge.document.ResponseType;
import io.punctual.local.edge.gateway.Answer;
import io.punctual.local.edge.gateway.GatewayException;
import io.punctual.local.edge.gateway.Headers;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.classic.MinimalHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests to backends, within a time and a size, and tells the gateway's errors
 * apart.
 */
public final class Backend implements AutoCloseable {

	private static final int LARGEST_BODY = 10 * 1024 * 1024;

	private final PoolingHttpClientConnectionManager connections = PoolingHttpClientConnectionManagerBuilder.create()
		.setMaxConnTotal(2_000)
		.setMaxConnPerRoute(1_000)
		.setDefaultConnectionConfig(ConnectionConfig.custom()
			.setConnectTimeout(Timeout.ofSeconds(3))
			.setValidateAfterInactivity(TimeValue.ofMilliseconds(200))
			.setTimeToLive(TimeValue.ofMinutes(5))
			.build())
		.build();

	private final MinimalHttpClient client = HttpClients.createMinimal(this.connections);

	/**
	 * What a regional API's stream may say nothing for.
	 */
	private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

	private static final Duration NONE = Duration.ZERO;

	private final Deadlines deadlines = new Deadlines();

	private final Map<Duration, RequestConfig> configurations = new ConcurrentHashMap<>();

	private final Duration silence;

	public Backend() {
		this(LONGEST_SILENCE);
	}

	Backend(Duration silence) {
		this.silence = silence;
	}

	/**
	 * A request as it goes to a backend.
	 *
	 * @param host what the Host header says
	 * @param target the raw path and query
	 */
	public record Request(String method, URI server, String host, String target, Headers headers, byte[] body,
			Duration timeout, boolean streaming) {
	}

	/**
	 * @throws GatewayException INTEGRATION_TIMEOUT or INTEGRATION_FAILURE
	 */
	public Answer send(Request request) {
		HttpUriRequestBase sent = new HttpUriRequestBase(request.method(), request.server());
		sent.setConfig(this.configurations.computeIfAbsent(request.streaming() ? shorter(request.timeout()) : NONE,
				Backend::configuration));
		sent.setPath(request.target());
		request.headers().fields().forEach((field) -> sent.addHeader(field.name(), field.value()));
		sent.setHeader("Host", request.host());
		if (request.body().length > 0) {
			sent.setEntity(new ByteArrayEntity(request.body(), null));
		}
		Deadlines.Deadline deadline = this.deadlines.begin(request.timeout(), sent::cancel);
		boolean open = false;
		try {
			ClassicHttpResponse response = this.client.executeOpen(host(request.server()), sent, null);
			open = request.streaming();
			return open ? streamed(response, deadline) : whole(response);
		}
		catch (IOException | HttpException | RuntimeException ex) {
			if (ex instanceof GatewayException refused) {
				throw refused;
			}
			if (ex instanceof SocketTimeoutException || sent.isCancelled()) {
				throw new GatewayException(ResponseType.INTEGRATION_TIMEOUT, "Endpoint request timed out");
			}
			throw new GatewayException(ResponseType.INTEGRATION_FAILURE, "Network error communicating with endpoint");
		}
		finally {
			if (!open) {
				deadline.end();
			}
		}
	}

	private Duration shorter(Duration whole) {
		return (this.silence.compareTo(whole) < 0) ? this.silence : whole;
	}

	/**
	 * @param silence the longest between two reads; none where the deadline is all that
	 * counts, for a read without a limit costs the least
	 */
	private static RequestConfig configuration(Duration silence) {
		return RequestConfig.custom()
			.setResponseTimeout(silence.equals(NONE) ? Timeout.DISABLED : Timeout.of(silence))
			.setConnectionRequestTimeout(silence.equals(NONE) ? Timeout.ofSeconds(29) : Timeout.of(silence))
			.build();
	}

	private static HttpHost host(URI server) {
		return new HttpHost(server.getScheme(), server.getHost(), server.getPort());
	}

	private static Headers headers(ClassicHttpResponse response) {
		Headers headers = new Headers();
		for (Header header : response.getHeaders()) {
			headers.add(header.getName(), (header.getValue() != null) ? header.getValue() : "");
		}
		return headers;
	}

	private static Answer whole(ClassicHttpResponse response) throws IOException, HttpException {
		try (response) {
			HttpEntity entity = response.getEntity();
			byte[] body = new byte[0];
			if (entity != null) {
				try (InputStream content = entity.getContent()) {
					// A known length is read into one array of that size.
					long length = entity.getContentLength();
					body = (length >= 0 && length <= LARGEST_BODY) ? exactly(content, (int) length)
							: content.readNBytes(LARGEST_BODY + 1);
				}
			}
			if (body.length > LARGEST_BODY) {
				throw new GatewayException(ResponseType.INTEGRATION_FAILURE, 500, "Internal server error");
			}
			return Answer.of(response.getCode(), headers(response), body);
		}
	}

	private static byte[] exactly(InputStream content, int length) throws IOException {
		byte[] body = new byte[length];
		if (content.readNBytes(body, 0, length) < length) {
			throw new EOFException("The answer ended early");
		}
		return body;
	}

	private static Answer streamed(ClassicHttpResponse response, Deadlines.Deadline deadline) throws IOException {
		HttpEntity entity = response.getEntity();
		InputStream content = (entity != null) ? entity.getContent() : InputStream.nullInputStream();
		return new Answer(response.getCode(), headers(response), new byte[0],
				new BackendStream(content, response, deadline));
	}

	@Override
	public void close() {
		this.deadlines.close();
		this.connections.close();
	}

}
