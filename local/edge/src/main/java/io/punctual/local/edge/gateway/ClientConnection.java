package io.punctual.local.edge.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.DefaultClassicHttpRequestFactory;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParserFactory;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.io.CloseMode;

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

	private static final Runnable NOTHING = () -> {
	};

	private final Socket socket;

	private final AtomicReference<Runnable> ended;

	private ClientConnection(Socket socket, Runnable ended) {
		super("http", LIMITS, null, null, null, null, PARSERS, null);
		this.socket = socket;
		this.ended = new AtomicReference<>(ended);
	}

	/**
	 * @param ended what is done once when the connection ends, however it does
	 */
	static ClientConnection open(Socket socket, Runnable ended) throws IOException {
		ClientConnection connection = new ClientConnection(socket, ended);
		connection.bind(socket);
		return connection;
	}

	/**
	 * A connection of which nothing is read.
	 */
	static ClientConnection none(Socket socket) {
		return new ClientConnection(socket, NOTHING);
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
		try {
			if (isOpen()) {
				flush();
				if (this.socket.getInputStream().available() > 0) {
					linger(this.socket);
				}
			}
			super.close();
		}
		finally {
			ended();
		}
	}

	@Override
	public void close(CloseMode mode) {
		super.close(mode);
		ended();
	}

	private void ended() {
		this.ended.getAndSet(NOTHING).run();
	}

	/**
	 * Lets a client that is still sending come to reading what it was answered.
	 */
	static void linger(Socket socket) {
		try {
			socket.shutdownOutput();
			socket.setSoTimeout((int) PATIENCE.toMillis());
			InputStream rest = socket.getInputStream();
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
