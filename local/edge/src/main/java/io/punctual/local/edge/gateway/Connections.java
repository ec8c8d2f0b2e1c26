package io.punctual.local.edge.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

import io.punctual.local.edge.document.ResponseType;
import io.punctual.local.edge.document.Settings;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Clients' connections, each of which costs a thread: one too many is answered at once,
 * unread, and ended.
 */
final class Connections implements HttpConnectionFactory<ClientConnection> {

	private final AtomicInteger open = new AtomicInteger();

	private final int most;

	private final Gateway gateway;

	private final Settings settings;

	private final AccessLog log;

	Connections(int most, Gateway gateway, Settings settings, AccessLog log) {
		this.most = most;
		this.gateway = gateway;
		this.settings = settings;
		this.log = log;
	}

	@Override
	public ClientConnection createConnection(Socket socket) throws IOException {
		if (this.open.incrementAndGet() > this.most) {
			this.open.decrementAndGet();
			Thread.ofVirtual().name("refusal").start(() -> refuse(socket));
			return ClientConnection.none(socket);
		}
		try {
			return ClientConnection.open(socket, this.open::decrementAndGet);
		}
		catch (IOException | RuntimeException ex) {
			this.open.decrementAndGet();
			throw ex;
		}
	}

	/**
	 * As API Gateway answers what is more than the account's share.
	 */
	private void refuse(Socket socket) {
		try (socket) {
			Exchange exchange = new Exchange(this.settings, "-", "-", null, new Headers(), caller(socket));
			Answer answer = this.gateway.refuse(new GatewayException(ResponseType.THROTTLED, "Too Many Requests"),
					exchange);
			socket.getOutputStream().write(bytes(answer, exchange));
			exchange.answered(answer.status(), answer.body().length);
			this.log.write(exchange);
			ClientConnection.linger(socket);
		}
		catch (IOException ex) {
			// The client is gone.
		}
	}

	private static String caller(Socket socket) {
		@Nullable InetAddress address = socket.getInetAddress();
		return (address != null) ? address.getHostAddress() : "-";
	}

	private static byte[] bytes(Answer answer, Exchange exchange) throws IOException {
		StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " \r\n");
		Headers headers = new Headers().add("x-amzn-RequestId", exchange.requestId())
			.add("x-amz-apigw-id", exchange.extendedRequestId());
		answer.headers().fields().forEach((field) -> headers.add(field.name(), field.value()));
		headers.add("Content-Length", Integer.toString(answer.body().length)).add("Connection", "close");
		headers.fields()
			.forEach((field) -> head.append(field.name()).append(": ").append(field.value()).append("\r\n"));
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
		bytes.write(answer.body());
		return bytes.toByteArray();
	}

}
