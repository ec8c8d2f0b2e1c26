import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Stands in for Punctual's public API in {@code release/rehearse}: gives a token, takes
 * notices, and writes each down in the file that it is told. Says its port.
 */
void main(String[] arguments) throws IOException {
	Path notices = Path.of(arguments[0]);
	HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
	server.createContext("/token", (exchange) -> answer(exchange, 200, "{\"access_token\": \"rehearsal\"}"));
	server.createContext("/v1/notices", (exchange) -> {
		String notice = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		Files.writeString(notices, notice + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		answer(exchange, 201, "{\"noticeId\": \"not_rehearsal\"}");
	});
	server.start();
	System.out.println(server.getAddress().getPort());
}

void answer(HttpExchange exchange, int status, String body) throws IOException {
	try (exchange) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(status, bytes.length);
		exchange.getResponseBody().write(bytes);
	}
}
