package io.punctual.local.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ports that nobody else takes before their process does.
 */
class FreePortTests {

	@Test
	void isNoneOfThoseThatOutgoingConnectionsGet() {
		assertThat(IntStream.range(0, 500).map((i) -> FreePort.find())).allMatch((port) -> port < 32_768)
			.doesNotHaveDuplicates();
	}

	@Test
	void isNotFreeWhereSomebodyListens() throws IOException {
		int port = FreePort.find();
		assertThat(FreePort.isFree(port)).isTrue();
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
			assertThat(socket.isBound()).isTrue();
			assertThat(FreePort.isFree(port)).isFalse();
		}
		assertThat(FreePort.isFree(port)).isTrue();
	}

}
