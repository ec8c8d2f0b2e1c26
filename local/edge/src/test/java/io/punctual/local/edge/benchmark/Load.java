package io.punctual.local.edge.benchmark;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests at an even rate, whatever the answers take, over connections that stay
 * open.
 */
final class Load {

	private static final int CONNECTIONS = 32;

	private final byte[] request;

	private final int port;

	Load(int port, String path, List<String> headers) {
		this.port = port;
		this.request = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", headers)
				+ (headers.isEmpty() ? "" : "\r\n") + "\r\n")
			.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * What came of it.
	 *
	 * @param micros what each answer took, ascending
	 * @param admitted answers of status 200
	 * @param refused answers of status 429
	 * @param failed all others, and requests that were not answered
	 */
	record Outcome(long[] micros, int admitted, int refused, int failed) {

		long percentile(double percent) {
			return this.micros[(int) Math.min(this.micros.length - 1, Math.ceil(this.micros.length * percent / 100))];
		}

	}

	/**
	 * @param rate requests a second; 0 for as fast as the answers come
	 */
	Outcome run(int rate, int requests) {
		long[] micros = new long[requests];
		AtomicInteger next = new AtomicInteger();
		AtomicInteger[] counts = { new AtomicInteger(), new AtomicInteger(), new AtomicInteger() };
		long interval = (rate > 0) ? Duration.ofSeconds(1).toNanos() / rate : 0;
		long start = System.nanoTime() + Duration.ofMillis(50).toNanos();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < CONNECTIONS; i++) {
			threads.add(Thread.ofPlatform().start(() -> {
				try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
					socket.setTcpNoDelay(true);
					socket.setSoTimeout(30_000);
					InputStream in = new BufferedInputStream(socket.getInputStream());
					for (int at = next.getAndIncrement(); at < requests; at = next.getAndIncrement()) {
						await(start + at * interval);
						long sent = System.nanoTime();
						socket.getOutputStream().write(this.request);
						int status = read(in);
						micros[at] = (System.nanoTime() - sent) / 1_000;
						counts[(status == 200) ? 0 : (status == 429) ? 1 : 2].incrementAndGet();
					}
				}
				catch (IOException ex) {
					counts[2].incrementAndGet();
				}
			}));
		}
		threads.forEach(Load::join);
		Arrays.sort(micros);
		return new Outcome(micros, counts[0].get(), counts[1].get(), counts[2].get());
	}

	private static void await(long at) {
		for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

	private static int read(InputStream in) throws IOException {
		int status = Integer.parseInt(line(in).split(" ")[1]);
		int length = 0;
		for (String line = line(in); !line.isEmpty(); line = line(in)) {
			if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
				length = Integer.parseInt(line.substring(15).trim());
			}
		}
		in.skipNBytes(length);
		return status;
	}

	private static String line(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder(64);
		for (int c = in.read(); c != '\n'; c = in.read()) {
			if (c < 0) {
				throw new EOFException();
			}
			if (c != '\r') {
				line.append((char) c);
			}
		}
		return line.toString();
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
