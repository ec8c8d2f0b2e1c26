package io.punctual.local.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a process that must be told its own before it starts.
 */
public final class FreePort {

	// Below what systems give to outgoing connections (Linux from 32768, RFC 6335 from
	// 49152). A port of those is free when asked for and, on a busy machine, some
	// connection's own when the process binds it a second later.
	private static final int FIRST = 20_000;

	private static final int LAST = 31_999;

	private static final int ATTEMPTS = 1_000;

	private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

	private FreePort() {
	}

	/**
	 * Returns a port of 127.0.0.1 on which nobody listens, 20000 to 31999, and never the
	 * same one again.
	 * @throws IllegalStateException if none was found
	 */
	public static int find() {
		for (int i = 0; i < ATTEMPTS; i++) {
			int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
			if (isFree(port) && GIVEN.add(port)) {
				return port;
			}
		}
		throw new IllegalStateException("No port of 127.0.0.1 from %d to %d is free".formatted(FIRST, LAST));
	}

	/**
	 * Whether a process could listen at a port of 127.0.0.1.
	 */
	static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			// On a laptop a port is often still in TIME_WAIT after a restart; that is no
			// conflict.
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
