package io.punctual.local.edge;

import java.io.IOException;
import java.util.Map;

import io.punctual.local.edge.TestEdge.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is no proper HTTP request is answered in the document's form too, and names no web
 * server.
 */
class MalformedRequestTests {

	private static TestEdge edge;

	@BeforeAll
	static void start() {
		edge = new TestEdge("../../gateway-config/openapi.yaml", "../../gateway-config/settings.yaml",
				"http://localhost:1", Map.of());
	}

	@AfterAll
	static void stop() {
		edge.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "garbage\r\n\r\n", "GET\r\n\r\n", "G[]T /v1/clients HTTP/1.1\r\nHost: a\r\n\r\n",
			"GET /v1/\u0001 HTTP/1.1\r\nHost: a\r\n\r\n", "GET /v1/clients HTTP/1.1\r\n\r\n",
			"GET /v1/clients HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET /v1/clients HTTP/9.9\r\nHost: a\r\n\r\n",
			"GET /v1/clients HTTP/1.1\r\nHost: a b/c\r\n\r\n",
			"POST /v1/clients HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n",
			"POST /v1/clients HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
			"POST /v1/clients HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
			"GET /v1/clients?a=%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
			"GET /v1/cl\\ients HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
			"GET /v1/%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
			"GET /v1/../internal/events HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
			"GET http://[::bad/v1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" })
	void isAnsweredAProblem(String bytes) throws IOException {
		Reply reply = edge.raw(bytes);
		assertThat(reply.status()).as(reply.toString()).isBetween(400, 499);
		assertThat(reply.header("Content-Type")).as(reply.toString()).startsWith("application/problem+json");
		assertThat(reply.body()).contains("\"status\":" + reply.status())
			.contains("\"requestId\":\"" + reply.header("x-amzn-RequestId") + "\"")
			.doesNotContainIgnoringCase("html", "tomcat", "apache");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /v1/clients HTTP/1.1\r\nHost: a\r\nX y: z\r\n\r\n",
			"GET /v1/clients HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n" })
	void aBadHeaderReachesNoBackend(String bytes) throws IOException {
		Reply reply = edge.raw(bytes.replace("Host: a", "Host: a\r\nConnection: close"));
		assertThat(reply.status()).isIn(400, 401);
		assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /v1/clients/x\r\n y HTTP/1.1\r\nHost: a\r\n\r\n",
			"GET /v1/clients/%00 HTTP/1.1\r\nHost: a\r\n\r\n", "GET /v1/cl\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n",
			"GET ftp:x HTTP/1.1\r\nHost: a\r\n\r\n", "GET http:///v1/clients HTTP/1.1\r\nHost: a\r\n\r\n",
			"POST /v1/clients HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n" })
	void whatABackendCouldReadOtherwiseIsABadRequest(String bytes) throws IOException {
		Reply reply = edge.raw(bytes);
		assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
		assertThat(reply.header("Connection")).isEqualTo("close");
	}

	@Test
	void anAddressInFullIsItsPath() throws IOException {
		Reply reply = edge.raw("GET http://a.example/v1/nothing?x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
		assertThat(reply.status()).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(ints = { 30_000, 200_000 })
	void headersBeyondEveryBoundAreTooLarge(int size) throws IOException {
		Reply reply = edge.raw("GET /v1/clients HTTP/1.1\r\nHost: a\r\nX-Long: " + "x".repeat(size) + "\r\n\r\n");
		assertThat(reply.status()).isIn(400, 413);
		assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
	}

}
