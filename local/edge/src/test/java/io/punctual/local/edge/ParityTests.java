package io.punctual.local.edge;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.punctual.local.edge.TestEdge.Reply;
import io.punctual.local.edge.document.Part;
import io.punctual.local.edge.document.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each row of {@code parity.yaml}: a request, AWS's answer, and where that is known from.
 */
class ParityTests {

	private static Shop shop;

	private static TestEdge edge;

	@BeforeAll
	static void start() throws IOException {
		shop = new Shop();
		edge = TestEdge.bookshop(shop, "http://localhost:1");
	}

	@AfterAll
	static void stop() {
		edge.close();
		shop.close();
	}

	static Stream<Arguments> rows() {
		return Source.of(Path.of("src/test/resources/parity.yaml"))
			.root()
			.items("rows")
			.stream()
			.map((row) -> Arguments.of(row.need("name").text() + " [" + row.need("source").text() + "]", row));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("rows")
	void answersAsAwsDoes(String name, Part row) throws IOException {
		Part request = row.need("request");
		Part answer = row.need("answer");
		List<String> headers = request.items("headers").stream().map(Part::text).toList();
		int before = shop.count();
		Reply reply = edge.send(request.need("method").text(), request.need("path").text(), headers,
				request.text("body"));
		assertThat(reply.status()).as(reply.toString()).isEqualTo(Integer.parseInt(answer.need("status").text()));
		assertThat(reply.header("x-amzn-RequestId")).isNotBlank();
		assertThat(reply.header("x-amz-apigw-id")).isNotBlank();
		if (answer.get("body") != null) {
			assertThat(reply.body()).isEqualTo(answer.text("body"));
		}
		if (answer.get("headers") != null) {
			answer.need("headers")
				.entries()
				.forEach((header, value) -> assertThat(reply.header(header)).as(header).isEqualTo(value.plain()));
		}
		if (answer.get("sent") != null) {
			answer.need("sent").entries().forEach((header, value) -> {
				List<String> sent = shop.last().headers().get(header);
				assertThat((sent != null) ? sent.getLast() : null).as(header).isEqualTo(value.plain());
			});
		}
		if (answer.get("target") != null) {
			assertThat(shop.last().target()).isEqualTo(answer.text("target"));
		}
		if (answer.get("sentBody") != null) {
			assertThat(shop.last().body()).isEqualTo(answer.text("sentBody"));
		}
		if (answer.get("reaches") != null) {
			assertThat(shop.count()).isEqualTo(before);
		}
	}

}
