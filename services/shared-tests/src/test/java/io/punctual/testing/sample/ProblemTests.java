package io.punctual.testing.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ProblemTests extends SampleTest {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"name":"a","colur":"RED"}                    | /colur        | is not a known field
					{"name":"a","parts":[{"size":2,"siz":3}]}     | /parts/0/siz  | is not a known field
					{"name":"a","parts":[{"size":"2"}]}           | /parts/0/size | must be an integer of 32 bits
					{"name":"a","parts":[{"size":2.5}]}           | /parts/0/size | must be an integer of 32 bits
					{"name":"a","parts":[{"size":null}]}          | /parts/0/size | must not be null
					{"name":"a","parts":[{}]}                     | /parts/0/size | must not be null
					{"name":"a","parts":[7]}                      | /parts/0      | must be an object
					{"name":"a","parts":{}}                       | /parts        | must be an array
					{"name":"a","count":3000000000}               | /count        | must be an integer of 32 bits
					{"name":5}                                    | /name         | must be a string
					{"name":true}                                 | /name         | must be a string
					{"name":"a","colour":"BLUE"}                  | /colour       | must be one of RED, GREEN
					{"name":"a","colour":0}                       | /colour       | must be one of RED, GREEN
					{"name":"a","due":"tomorrow"}                 | /due          | must be an instant, such as 2026-03-27T16:00:00Z
					{"name":"a","due":1774627200}                 | /due          | must be an instant, such as 2026-03-27T16:00:00Z
					{"name":"a","target":"5 minutes"}             | /target       | must be an ISO 8601 duration, such as PT5M
					{"name":"a","target":300}                     | /target       | must be an ISO 8601 duration, such as PT5M
					{"name":"a","labels":{"a/b~c":1}}             | /labels/a~1b~0c | must be a string
					{"name":"a","span":{"from":2,"to":1}}         | /span/to      | must not be before from
					{"name":"a","span":{"from":-1,"to":1}}        | /span         | is not valid
					{"name":" "}                                  | /name         | must not be blank
					{"name":"a","parts":[{"size":2},{"size":1}]}  | /parts/1/size | must be greater than or equal to 2
					{"name":"a","labels":{"x":" "}}               | /labels/x     | must not be blank
					[]                                            | ''            | must be an object
					{"name":"a\\ud83d"}                           | /name         | must not have half of a surrogate pair
					{"name":"\\udca5\\ud83d"}                     | /name         | must not have half of a surrogate pair
					{"name":"a","labels":{"x":"\\ud83d."}}        | /labels/x     | must not have half of a surrogate pair
					""")
	void namesTheFieldThatIsWrong(String body, String pointer, String detail) {
		assertThat(errors(problem(create(body), 422, "validation"))).containsExactly(Map.entry(pointer, detail));
	}

	@Test
	void aKeyThatCannotBeHadIsAnOutageAndNoFault() {
		problem(create("{\"name\":\"sealed\"}"), 503, "unavailable");
		assertThat(countOf("sealed")).isZero();
	}

	@Test
	void namesEveryFieldThatIsWrong() {
		JsonNode problem = problem(create("{\"name\":\"\",\"parts\":[{\"size\":0},null]}"), 422, "validation");
		assertThat(errors(problem)).containsOnlyKeys("/name", "/parts/0/size", "/parts/1");
		assertThat(problem.at("/instance").asString()).isEqualTo("/v1/things");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"name\":", "{\"name\":\"a\"}}", "{\"name\":\"a\",\"name\":\"b\"}", "no json", "''" })
	void refusesWhatIsNoJson(String body) {
		problem(create(body), 400, "malformed-request");
		assertThat(countOf("a")).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"name":"twice","name":"b"} | The body has a field twice (line 1, column 23).
			{"name":                    | The body is not well-formed JSON (line 1, column 9).
			""")
	void saysWhereItIsNoJson(String body, String detail) {
		assertThat(problem(create(body), 400, "malformed-request").at("/detail").asString()).isEqualTo(detail);
	}

	@Test
	void saysWhatIsTooLongToBeRead() {
		for (String body : List.of("{\"count\":" + "9".repeat(2000) + "}", "{\"" + "x".repeat(60_000) + "\":1}")) {
			assertThat(problem(create(body), 400, "malformed-request").at("/detail").asString())
				.contains("a number or a name that is too long");
		}
	}

	@Test
	void takesCharactersBeyondTheBasicPlane() {
		create("{\"name\":\"\\ud83d\\udca5 \ud83d\udca5\"}").expectStatus().isCreated();
		assertThat(countOf("\ud83d\udca5 \ud83d\udca5")).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "application/*", "application/*+json", "*/*;q=0.1" })
	void aBodyIsOfOneType(String type) {
		problem(this.api.provider()
			.post()
			.uri("/v1/things")
			.header("Idempotency-Key", "k")
			.header("Content-Type", type)
			.body("{}".getBytes(StandardCharsets.US_ASCII))
			.exchange(), 415, "unsupported-media-type");
	}

	@Test
	void aSuccessIsNeverCalledAProblem() {
		RestTestClient provider = this.api.provider();
		for (String accept : List.of("application/problem+json, application/json", "application/*", "*/*")) {
			RestTestClient.ResponseSpec answer = provider.get().uri("/v1/things").header("Accept", accept).exchange();
			answer.expectStatus().isOk();
			assertThat(header(answer, "Content-Type")).as(accept).isEqualTo("application/json");
		}
		problem(provider.get().uri("/v1/things").header("Accept", "application/problem+json").exchange(), 406,
				"not-acceptable");
	}

	@Test
	void takesAnOrderlyBody() {
		create("""
				{"name":"orderly","count":1,"due":"2026-03-27T17:00:00+01:00","target":"PT5M","colour":"RED",
				 "parts":[{"size":2}],"labels":{"x":"y"},"span":{"from":1,"to":2}}""").expectStatus().isCreated();
	}

	@Test
	void namesTheElementOfAListThatIsWrong() {
		assertThat(errors(problem(bulk("[{\"name\":\"a\"},{\"name\":\"\"}]"), 422, "validation")))
			.containsOnlyKeys("/1/name");
	}

	@Test
	void boundsTheBody() {
		String large = "{\"name\":\"" + "x".repeat(256 * 1024) + "\"}";
		assertThat(problem(create(large), 413, "payload-too-large").at("/limitBytes").asInt()).isEqualTo(256 * 1024);
		bulk('[' + large + ']').expectStatus().isOk();
		problem(bulk("[" + (large + ",").repeat(4) + large + "]"), 413, "payload-too-large");
		problem(bulk("[" + (large + ",").repeat(30) + large + "]"), 413, "payload-too-large");
	}

	@Test
	void boundsABodyOfUnknownLength() throws IOException {
		String answer = raw("POST /v1/things HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
				+ this.tokens.provider() + "\r\nIdempotency-Key: chunks\r\nContent-Type: application/json\r\n"
				+ "Transfer-Encoding: chunked\r\n\r\n" + ("10000\r\n" + " ".repeat(0x10000) + "\r\n").repeat(5)
				+ "0\r\n\r\n");
		assertThat(answer).startsWith("HTTP/1.1 413").contains("problems/payload-too-large");
	}

	@Test
	void answersUnknownPathsMethodsAndTypes() {
		RestTestClient provider = this.api.provider();
		problem(provider.get().uri("/v1/nothing").exchange(), 404, "not-found");
		problem(provider.get().uri("/").exchange(), 404, "not-found");
		problem(provider.get().uri("/v1/things/thg_nobody").exchange(), 404, "not-found");
		RestTestClient.ResponseSpec method = provider.delete().uri("/v1/things").exchange();
		assertThat(header(method, "Allow")).contains("GET", "POST");
		problem(method, 405, "method-not-allowed");
		problem(provider.post()
			.uri("/v1/things")
			.header("Idempotency-Key", "k")
			.contentType(MediaType.TEXT_PLAIN)
			.body("{}")
			.exchange(), 415, "unsupported-media-type");
		problem(provider.get().uri("/v1/things").accept(MediaType.IMAGE_PNG).exchange(), 406, "not-acceptable");
	}

	@Test
	void checksParametersAndHeaders() {
		assertThat(errors(problem(checked("/v1/checked?size=ten"), 422, "validation"))).containsEntry("size",
				"must be an integer of 32 bits");
		assertThat(errors(problem(checked("/v1/checked?size=10"), 422, "validation"))).containsOnlyKeys("size");
		assertThat(errors(problem(checked("/v1/checked"), 400, "malformed-request"))).containsOnlyKeys("size");
		assertThat(errors(
				problem(this.api.provider().get().uri("/v1/checked?size=1").exchange(), 400, "malformed-request")))
			.containsOnlyKeys("X-Needed");
		assertThat(errors(problem(this.api.provider().get().uri("/v1/things?limit=201").exchange(), 422, "validation")))
			.containsOnlyKeys("limit");
	}

	@Test
	void keepsItsFaultsToItself(CapturedOutput output) {
		JsonNode problem = problem(create("{\"name\":\"boom\"}"), 500, "internal");
		assertThat(countOf("boom")).isZero();
		assertThat(output).contains("the secret inside", problem.at("/requestId").asString());
	}

	@Test
	void answersWhatTheContainerRefuses() throws IOException {
		String answer = raw("GET /v1/..;/things%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
		assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("Exception", "apache");
		answer = raw("GET /v1//things;x=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
				+ this.tokens.provider() + "\r\n\r\n");
		assertThat(answer).startsWith("HTTP/1.1 400")
			.contains("problems/malformed-request")
			.doesNotContain("Exception");
	}

	private RestTestClient.ResponseSpec bulk(String body) {
		return this.api.provider().post().uri("/v1/bulk").contentType(MediaType.APPLICATION_JSON).body(body).exchange();
	}

	private RestTestClient.ResponseSpec checked(String uri) {
		return this.api.provider().method(HttpMethod.GET).uri(uri).header("X-Needed", "x").exchange();
	}

	private String raw(String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().flush();
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
