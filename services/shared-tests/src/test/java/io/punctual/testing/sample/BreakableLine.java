package io.punctual.testing.sample;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.punctual.local.database.FreePort;

/**
 * A line to a server on this machine that a test can cut and mend.
 */
final class BreakableLine implements AutoCloseable {

	private final int target;

	private final int port;

	private final List<Closeable> open = new CopyOnWriteArrayList<>();

	BreakableLine(int target) {
		this.target = target;
		// Nobody else may get it while the line is cut.
		this.port = mend(FreePort.find());
	}

	int port() {
		return this.port;
	}

	void mend() {
		mend(this.port);
	}

	void cut() {
		this.open.forEach(BreakableLine::close);
		this.open.clear();
	}

	@Override
	public void close() {
		cut();
	}

	private int mend(int port) {
		try {
			ServerSocket server = new ServerSocket();
			server.setReuseAddress(true);
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			this.open.add(server);
			Thread.ofVirtual().start(() -> accept(server));
			return server.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept(ServerSocket server) {
		while (!server.isClosed()) {
			try {
				Socket near = server.accept();
				Socket far = new Socket(InetAddress.getLoopbackAddress(), this.target);
				this.open.addAll(List.of(near, far));
				if (server.isClosed()) {
					close(near);
					close(far);
				}
				Thread.ofVirtual().start(() -> pump(near, far));
				Thread.ofVirtual().start(() -> pump(far, near));
			}
			catch (IOException ex) {
				// Cut, or the target is not there.
			}
		}
	}

	private static void pump(Socket from, Socket to) {
		try (from; to) {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// Cut.
		}
	}

	private static void close(Closeable closeable) {
		try {
			closeable.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
