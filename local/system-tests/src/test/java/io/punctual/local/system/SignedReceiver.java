package io.punctual.local.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.punctual.release.hook.receiver.Verifier;

/**
 * The synthetic client's receiver: 2xx to nothing but a signature that it has verified.
 */
final class SignedReceiver implements AutoCloseable {

	private final HttpServer server;

	private final AtomicInteger verified = new AtomicInteger();

	private volatile String secret = "";

	SignedReceiver() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	private void answer(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		Verifier.Reply reply = Verifier.answer(this.secret, exchange.getRequestHeaders(), body);
		if (reply.status() / 100 == 2) {
			this.verified.incrementAndGet();
		}
		byte[] answer = reply.body().getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(reply.status(), (answer.length > 0) ? answer.length : -1);
		exchange.getResponseBody().write(answer);
		exchange.close();
	}

	void knows(String secret) {
		this.secret = secret;
	}

	int verified() {
		return this.verified.get();
	}

	String url() {
		return "http://localhost:" + this.server.getAddress().getPort() + "/hook";
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
