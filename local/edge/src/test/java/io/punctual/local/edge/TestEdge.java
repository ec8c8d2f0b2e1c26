package io.punctual.local.edge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.punctual.local.edge.gateway.GatewayServer;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A running edge, asked over a bare socket so that a test says each byte.
 */
final class TestEdge implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	TestEdge(String document, String settings, String issuer, Map<String, String> targets) {
		this(document, settings, issuer, targets, List.of());
	}

	TestEdge(String document, String settings, String issuer, Map<String, String> targets, List<String> more) {
		List<String> arguments = new ArrayList<>(List.of("--port=0", "--document=" + document, "--settings=" + settings,
				"--punctual.edge.issuer=" + issuer));
		targets.forEach((name, url) -> arguments.add("--punctual.edge.targets." + name + "=" + url));
		if (more.stream().noneMatch((option) -> option.startsWith("--admin-port="))) {
			arguments.add("--admin-port=0");
		}
		arguments.addAll(more);
		this.context = SpringApplication.run(EdgeApplication.class, arguments.toArray(String[]::new));
	}

	/**
	 * The edge before the bookshop of the sample document.
	 */
	static TestEdge bookshop(Shop shop, String issuer) {
		return new TestEdge("src/test/resources/bookshop.yaml", "src/test/resources/bookshop-settings.yaml", issuer,
				Map.of("shop", shop.url()));
	}

	static TestEdge bookshop(Shop shop, String issuer, List<String> more) {
		return new TestEdge("src/test/resources/bookshop.yaml", "src/test/resources/bookshop-settings.yaml", issuer,
				Map.of("shop", shop.url()), more);
	}

	/**
	 * The answer to bytes that may be no request.
	 */
	Reply raw(String bytes) throws IOException {
		try (Socket socket = new Socket("localhost", port())) {
			socket.setSoTimeout(60_000);
			socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
			socket.getOutputStream().flush();
			return read(socket.getInputStream());
		}
	}

	int port() {
		return bean(GatewayServer.class).port();
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	record Reply(int status, Map<String, String> headers, String body) {

		@Nullable String header(String name) {
			return this.headers.get(name);
		}

	}

	Reply get(String path, String... headers) throws IOException {
		return send("GET", path, List.of(headers), null);
	}

	Reply send(String method, String path, List<String> headers, @Nullable String body) throws IOException {
		StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: edge.test\r\n");
		headers.forEach((header) -> request.append(header).append("\r\n"));
		if (headers.stream().noneMatch((header) -> header.startsWith("Connection"))) {
			request.append("Connection: close\r\n");
		}
		byte[] bytes = (body != null) ? body.getBytes(StandardCharsets.UTF_8) : new byte[0];
		if (body != null) {
			request.append("Content-Length: ").append(bytes.length).append("\r\n");
		}
		try (Socket socket = new Socket("localhost", port())) {
			socket.setSoTimeout(60_000);
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			out.write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
			out.write(bytes);
			socket.getOutputStream().write(out.toByteArray());
			socket.getOutputStream().flush();
			return read(socket.getInputStream());
		}
	}

	static Reply read(InputStream in) throws IOException {
		String line = line(in);
		int status = Integer.parseInt(line.split(" ")[1]);
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (line = line(in); !line.isEmpty(); line = line(in)) {
			int colon = line.indexOf(':');
			headers.put(line.substring(0, colon), line.substring(colon + 1).trim());
		}
		String length = headers.get("Content-Length");
		byte[] body = (length != null) ? in.readNBytes(Integer.parseInt(length)) : in.readAllBytes();
		return new Reply(status, headers, new String(body, StandardCharsets.UTF_8));
	}

	private static String line(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
			if (c != '\r') {
				line.append((char) c);
			}
		}
		return line.toString();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
