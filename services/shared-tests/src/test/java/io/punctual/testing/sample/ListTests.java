package io.punctual.testing.sample;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

class ListTests extends SampleTest {

	@LocalServerPort
	private int port;

	@Test
	void goesThroughAListPageByPage() {
		for (int i = 0; i < 5; i++) {
			create("{\"name\":\"page é " + i + "\"}").expectStatus().isCreated();
		}
		List<String> names = new ArrayList<>();
		String uri = "/v1/things?prefix=page%20%C3%A9&limit=2";
		int pages = 0;
		while (uri != null) {
			EntityExchangeResult<String> page = this.api.provider()
				.get()
				.uri(URI.create("http://localhost:" + this.port + uri))
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody(String.class)
				.returnResult();
			JsonNode body = JsonMapper.shared().readTree(text(page.getResponseBody()));
			body.path("items").forEach((item) -> names.add(item.path("name").asString()));
			String link = page.getResponseHeaders().getFirst("Link");
			assertThat(body.has("next")).isEqualTo(link != null);
			uri = (link != null) ? "/v1/things" + link.substring(1, link.indexOf('>')) : null;
			pages++;
		}
		assertThat(pages).isEqualTo(3);
		assertThat(names).containsExactly("page é 0", "page é 1", "page é 2", "page é 3", "page é 4");
	}

	@Test
	void refusesACursorOfAnotherList() {
		create("{\"name\":\"bound 1\"}").expectStatus().isCreated();
		create("{\"name\":\"bound 2\"}").expectStatus().isCreated();
		String next = JsonMapper.shared()
			.readTree(text(this.api.provider()
				.get()
				.uri("/v1/things?prefix=bound&limit=1")
				.exchange()
				.expectBody(String.class)
				.returnResult()
				.getResponseBody()))
			.path("next")
			.asString();
		this.api.provider().get().uri("/v1/things?prefix=bound&cursor=" + next).exchange().expectStatus().isOk();
		for (String wrong : new String[] { "/v1/things?prefix=b&cursor=" + next, "/v1/things?cursor=" + next,
				"/v1/things?prefix=bound&cursor=x" + next }) {
			problem(this.api.provider().get().uri(wrong).exchange(), 422, "cursor-invalid");
		}
		this.api.knowCredential("oauth-list", "cli_00000000000000000000000002");
		problem(this.api.client("oauth-list").get().uri("/v1/things?prefix=bound&cursor=" + next).exchange(), 422,
				"cursor-invalid");
	}

	@Test
	void changesOnlyTheVersionThatWasRead() {
		String thing = header(create("{\"name\":\"versioned\"}"), "Location");
		problem(patch(thing, null), 428, "precondition-required");
		problem(patch(thing, "\"v7\""), 412, "version-conflict");
		assertThat(header(patch(thing, "\"v1\""), "ETag")).isEqualTo("\"v2\"");
		problem(patch(thing, "\"v1\""), 412, "version-conflict");
	}

	private RestTestClient.ResponseSpec patch(String thing, @Nullable String ifMatch) {
		return this.api.provider().patch().uri(thing).headers((headers) -> {
			if (ifMatch != null) {
				headers.set("If-Match", ifMatch);
			}
		}).header("Content-Type", "application/json").body("{\"name\":\"changed\"}").exchange();
	}

}
