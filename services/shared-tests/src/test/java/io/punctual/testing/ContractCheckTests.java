package io.punctual.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class ContractCheckTests {

	private static final String THING = "{'id':'thg_00000000000000000000000001','name':'a','version':1}";

	private static final String PROBLEM = "{'type':'https://punctual.example/problems/not-found','title':'t',"
			+ "'status':404,'detail':'d','instance':'/v1','requestId':'r'}";

	private final ContractCheck contract = new ContractCheck(ApiDocument.of(new ClassPathResource("sample-api.yaml")),
			new GenericApplicationContext());

	private final HttpHeaders headers = new HttpHeaders();

	private MockClientHttpResponse response = new MockClientHttpResponse();

	@Test
	void passesWhatTheDocumentSays() {
		this.headers.setETag("\"v1\"");
		passes("GET", "/v1/things/x", 200, "application/json", THING);
	}

	@Test
	void passesARefusalThatTheDocumentLists() {
		passes("GET", "/v1/things/x", 404, "application/problem+json", PROBLEM);
		passes("DELETE", "/v1/things/x", 405, "application/problem+json", PROBLEM);
	}

	@Test
	void leavesOtherPathsAlone() {
		passes("GET", "/internal/x", 500, "text/plain", "x");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			{'id':'thg_00000000000000000000000001','name':'a'}                         | version
			{'id':'thg_1','name':'a','version':1}                                      | /id
			{'id':'thg_00000000000000000000000001','name':'a','version':'1'}           | /version
			{'id':'thg_00000000000000000000000001','name':null,'version':1}            | /name
			{'id':'thg_00000000000000000000000001','name':'a','version':1,'secret':1}  | secret
			not json                                                                   | not JSON
			""")
	void findsABodyThatIsNotTheDocuments(String body, String finding) {
		this.headers.setETag("\"v1\"");
		fails("GET", "/v1/things/x", 200, "application/json", body, finding);
	}

	@Test
	void findsAStatusThatIsNotListed() {
		fails("GET", "/v1/things/x", 202, "application/json", THING, "does not document 202");
		fails("GET", "/v1/things/x", 500, "application/problem+json", PROBLEM, "does not document 500");
	}

	@Test
	void findsAnotherMediaType() {
		fails("GET", "/v1/things/x", 404, "application/json", PROBLEM, "application/problem+json");
		fails("GET", "/v1/things/x", 404, "application/problem+json", "", "no body");
	}

	@Test
	void findsHeadersThatAreMissingOrNotDocumented() {
		fails("GET", "/v1/things/x", 200, "application/json", THING, "ETag is documented and not sent");
		this.headers.setETag("\"v1\"");
		this.headers.set("Location", "/v1/things/x");
		fails("GET", "/v1/things/x", 200, "application/json", THING, "Location is sent and not documented");
	}

	@Test
	void findsAnOperationThatTheDocumentDoesNotKnow() {
		fails("GET", "/v1/others", 200, "application/json", "{}", "no such operation");
		fails("GET", "/v1/others", 404, "text/html", "nothing", "not a problem document");
	}

	@Test
	void findsWhatIsAcceptedAgainstTheDocument() {
		fails("GET", "/v1/things?color=red", 200, "application/json", "{'items':[]}", "color");
		this.headers.setETag("\"v1\"");
		MockClientHttpRequest request = request("PATCH", "/v1/things/x");
		answer(200, "application/json", THING);
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.contract.intercept(request, "{\"name\":1}".getBytes(StandardCharsets.UTF_8),
					(sent, body) -> this.response))
			.withMessageContaining("accepted request");
	}

	private void passes(String method, String path, int status, String type, String body) {
		answer(status, type, body);
		assertThatNoException().isThrownBy(() -> exchange(method, path));
	}

	private void fails(String method, String path, int status, String type, String body, String finding) {
		answer(status, type, body);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> exchange(method, path))
			.withMessageContaining(finding);
	}

	private void exchange(String method, String path) throws IOException {
		this.contract.intercept(request(method, path), new byte[0], (sent, body) -> this.response);
	}

	private static MockClientHttpRequest request(String method, String path) {
		MockClientHttpRequest request = new MockClientHttpRequest(HttpMethod.valueOf(method),
				URI.create("http://localhost" + path));
		request.getHeaders().set("Content-Type", "application/json");
		return request;
	}

	private void answer(int status, String type, String body) {
		this.response = new MockClientHttpResponse(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), status);
		this.response.getHeaders().putAll(this.headers);
		this.response.getHeaders().set("Content-Type", type);
	}

}
