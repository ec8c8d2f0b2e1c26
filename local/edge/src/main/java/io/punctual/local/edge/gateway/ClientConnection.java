package io.punctual.local.edge.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.DefaultClassicHttpRequestFactory;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParserFactory;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/**
 * A client's connection, which is not closed in the face of a client that is still
 * sending: it would lose the answer.
 */
final class ClientConnection extends DefaultBHttpServerConnection {

	/**
	 * More than the gateway takes, so that what is just too large is answered by it.
	 */
	static final Http1Config LIMITS = Http1Config.custom().setMaxLineLength(24 * 1024).setMaxHeaderCount(200).build();

	private static final DefaultHttpRequestParserFactory PARSERS = new DefaultHttpRequestParserFactory(LIMITS, null,
			new AsSent());

	private static final int LONGEST_REST = 1024 * 1024;

	private static final Duration PATIENCE = Duration.ofMillis(500);

	private final Socket socket;

	ClientConnection(Socket socket) throws IOException {
		super("http", LIMITS, null, null, null, null, PARSERS, null);
		this.socket = socket;
		bind(socket);
	}

	/**
	 * The request's target stays as it was sent: the gateway alone says what is in it.
	 */
	private static final class AsSent extends DefaultClassicHttpRequestFactory {

		@Override
		public ClassicHttpRequest newHttpRequest(String method, String target) {
			return new BasicClassicHttpRequest(method, null, null, target);
		}

	}

	@Override
	public void close() throws IOException {
		if (isOpen()) {
			flush();
			if (this.socket.getInputStream().available() > 0) {
				linger();
			}
		}
		super.close();
	}

	private void linger() {
		try {
			this.socket.shutdownOutput();
			this.socket.setSoTimeout((int) PATIENCE.toMillis());
			InputStream rest = this.socket.getInputStream();
			byte[] buffer = new byte[8 * 1024];
			int left = LONGEST_REST;
			for (int read = rest.read(buffer); read >= 0 && left > 0; read = rest.read(buffer)) {
				left -= read;
			}
		}
		catch (IOException ex) {
			// The client is gone, or says nothing more.
		}
	}

}
