package io.punctual.local.edge.benchmark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The service behind all sides: answers every request at once with the same 600 bytes.
 */
public final class PlainService {

	private static final byte[] ANSWER = answer();

	private PlainService() {
	}

	public static void main(String[] args) throws IOException {
		try (ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 200, InetAddress.getLoopbackAddress())) {
			while (true) {
				Socket socket = server.accept();
				Thread.ofPlatform().daemon().start(() -> serve(socket));
			}
		}
	}

	private static void serve(Socket socket) {
		try (socket) {
			socket.setTcpNoDelay(true);
			InputStream in = new BufferedInputStream(socket.getInputStream());
			OutputStream out = socket.getOutputStream();
			while (readHead(in)) {
				out.write(ANSWER);
				out.flush();
			}
		}
		catch (IOException ex) {
			// The proxy closed the connection.
		}
	}

	private static boolean readHead(InputStream in) throws IOException {
		int last = 0;
		for (int c = in.read(); c >= 0; c = in.read()) {
			last = (last << 8) | c;
			if (last == 0x0d0a0d0a) {
				return true;
			}
		}
		return false;
	}

	private static byte[] answer() {
		String body = "{\"text\":\"" + "x".repeat(600 - 11) + "\"}";
		return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
				+ body)
			.getBytes(StandardCharsets.US_ASCII);
	}

}
