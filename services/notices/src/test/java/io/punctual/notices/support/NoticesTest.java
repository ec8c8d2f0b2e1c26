package io.punctual.notices.support;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.punctual.shared.events.EventReaders;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The words in which the stories of these tests are told.
 */
@PunctualTest(properties = "punctual.events.reading=false")
public abstract class NoticesTest {

	/** The logs of the other services; one for all tests, as the application is. */
	private static final SourceLog CLIENTS = new SourceLog("clients");

	private static final SourceLog DELIVERY = new SourceLog("delivery");

	private static final JsonMapper JSON = JsonMapper.shared();

	protected final ClientsWorld world = new ClientsWorld(CLIENTS);

	protected final SourceLog delivery = DELIVERY;

	@Autowired
	protected Api api;

	@Autowired
	protected JdbcClient jdbc;

	@Autowired
	protected EventReaders readers;

	@DynamicPropertySource
	static void sources(DynamicPropertyRegistry registry) {
		registry.add("punctual.sources.clients.url", CLIENTS::url);
		registry.add("punctual.sources.delivery.url", DELIVERY::url);
	}

	/** The service hears what the others have said. */
	protected void hear() {
		this.readers.of("clients").pull();
		this.readers.of("delivery").pull();
		assertThat(this.readers.of("clients").position()).isEqualTo(CLIENTS.head());
		assertThat(this.readers.of("clients").parkedSubjects()).isEmpty();
		assertThat(this.readers.of("delivery").parkedSubjects()).isEmpty();
	}

	protected static Map<String, Object> incident(String title, List<String> components) {
		Map<String, Object> draft = new LinkedHashMap<>();
		draft.put("kind", "INCIDENT");
		draft.put("severity", "CRITICAL");
		draft.put("title", title);
		draft.put("components", components);
		return draft;
	}

	protected Answer create(Object draft) {
		return post("/v1/notices", draft);
	}

	/** An incident that is said at once. */
	protected Answer publish(String title, String component) {
		Map<String, Object> draft = incident(title, List.of(component));
		draft.put("update", Map.of("text", "We are looking into it.", "impacts",
				List.of(Map.of("componentId", component, "level", "MAJOR"))));
		return create(draft).is(201);
	}

	protected Answer say(String noticeId, Map<String, Object> said) {
		return post("/v1/notices/" + noticeId + "/updates", said);
	}

	protected Answer post(String path, Object body, String... headers) {
		return exchange(this.api.provider(), "POST", path, body,
				with(headers, "Idempotency-Key", UUID.randomUUID().toString()));
	}

	protected Answer patch(String path, Object body, String... headers) {
		return exchange(this.api.provider(), "PATCH", path, body, headers);
	}

	protected Answer get(String path) {
		return exchange(this.api.provider(), "GET", path, null);
	}

	protected Answer getAs(String oauthClientId, String path) {
		return exchange(this.api.client(oauthClientId), "GET", path, null);
	}

	protected Answer exchange(RestTestClient caller, String method, String path, Object body, String... headers) {
		RestTestClient.RequestBodySpec request = caller.method(org.springframework.http.HttpMethod.valueOf(method))
			.uri(java.net.URI.create(path));
		for (int i = 0; i < headers.length; i += 2) {
			request.header(headers[i], headers[i + 1]);
		}
		if (body != null) {
			request.contentType(MediaType.APPLICATION_JSON)
				.body((body instanceof String text) ? text : JSON.writeValueAsString(body));
		}
		EntityExchangeResult<byte[]> result = request.exchange().expectBody().returnResult();
		byte[] content = result.getResponseBody();
		return new Answer(result.getStatus().value(), result.getResponseHeaders(),
				(content != null && content.length > 0) ? JSON.readTree(content) : JSON.nullNode());
	}

	/** What the service tells the others about a notice. */
	protected List<Told> told(String noticeId) {
		return this.jdbc.sql("SELECT type, data FROM event_log WHERE subject = ? ORDER BY position")
			.param(noticeId)
			.query((row, number) -> new Told(row.getString(1), JSON.readTree(row.getString(2))))
			.list();
	}

	private static String[] with(String[] headers, String name, String value) {
		for (String header : headers) {
			if (header.equals(name)) {
				return headers;
			}
		}
		String[] more = java.util.Arrays.copyOf(headers, headers.length + 2);
		more[headers.length] = name;
		more[headers.length + 1] = value;
		return more;
	}

	/**
	 * An event in this service's log.
	 */
	public record Told(String type, JsonNode data) {
	}

	/**
	 * An answer over HTTP.
	 */
	public record Answer(int status, org.springframework.http.HttpHeaders headers, JsonNode body) {

		public Answer is(int expected) {
			assertThat(status()).as(() -> String.valueOf(body())).isEqualTo(expected);
			return this;
		}

		public Answer isProblem(int expected, String slug) {
			is(expected);
			assertThat(text("type")).endsWith("/" + slug);
			return this;
		}

		public String text(String field) {
			return body().path(field).asString();
		}

		public String noticeId() {
			return text("noticeId");
		}

		public String etag() {
			return headers().getETag();
		}

		public List<String> texts(String field) {
			return body().path("items").valueStream().map((item) -> item.path(field).asString()).toList();
		}

	}

}
