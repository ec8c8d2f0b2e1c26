package io.punctual.notices;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.punctual.notices.support.NoticesTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is refused, by which problem and naming which field; nothing of it is done.
 */
class BadInputTests extends NoticesTest {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"kind":"PARTY","severity":"MAJOR","title":"t","components":["C"]}                       | 422 | validation        | /kind
					{"kind":"INCIDENT","title":"t","components":["C"]}                                       | 422 | validation        | /severity
					{"kind":"INCIDENT","severity":"MAJOR","title":" ","components":["C"]}                    | 422 | validation        | /title
					{"kind":"INCIDENT","severity":"MAJOR","title":"t","components":[]}                       | 422 | validation        | /components
					{"kind":"INCIDENT","severity":"MAJOR","title":"t","components":["cmp_x"]}                | 422 | validation        | /components/0
					{"kind":"INCIDENT","severity":"MAJOR","title":"t","components":["C","C"]}                | 422 | validation        | /components/1
					{"kind":"INCIDENT","severity":"MAJOR","title":"t","components":[null]}                   | 422 | validation        | /components/0
					{"kind":"INCIDENT","severity":"MAJOR","title":"t","components":"C"}                      | 422 | validation        | /components
					{"kind":"INCIDENT","severity":"MAJOR","title":"t","components":["C"],"hue":1}            | 422 | validation        | /hue
					{"kind":"INCIDENT","severity":"MAJOR","title":"t","components":["C"],"detectedAt":"now"} | 422 | validation        | /detectedAt
					{"kind":"INCIDENT","severity":"MAJOR","title":"t","components":["C"],"detectedAt":"2999-01-01T00:00:00Z"} | 422 | validation | /detectedAt
					{"kind":"INCIDENT","severity":"MAJOR","title":"t","components":["C"],"detectedAt":"0001-01-01T00:00:00Z"} | 422 | validation | /detectedAt
					{"kind":"INCIDENT","severity":"MAJOR","title":"t","components":["C"],"detectedAt":"+999999999-01-01T00:00:00Z"} | 422 | validation | /detectedAt
					{"kind":"INCIDENT","severity":"MAJOR","title":"t","components":["C"],"update":{}}        | 422 | validation        | /update/text
					{"kind":"INCIDENT","severity":"MAJOR","title":"t","components":["C"],"update":{"text":"x","state":"RESOLVED"}} | 409 | illegal-transition |
					{"kind":"INCIDENT","severity":"MAJOR","title":"t","components":["C"],"update":{"text":"x","state":"SCHEDULED"}} | 409 | illegal-transition |
					{"kind":"INCIDENT","severity":"MAJOR","title":"t","components":["C"],"update":{"text":"x","impacts":[{"componentId":"cmp_x","level":"MAJOR"}]}} | 422 | validation | /update/impacts/0/componentId
					{"kind":"INCIDENT","severity":"MAJOR","title":"t","components":["C"],"update":{"text":"x","impacts":[{"componentId":"C","level":"AWFUL"}]}} | 422 | validation | /update/impacts/0/level
					{"kind":"INCIDENT","severity":"MAJOR","title":"t","components":["C"],"update":{"text":"x","impacts":[{"componentId":"C"}]}} | 422 | validation | /update/impacts/0/level
					{"kind":                                                                                 | 400 | malformed-request |
					[]                                                                                       | 422 | validation        |
					""")
	void aNoticeIsRefused(String body, int status, String slug, String field) {
		String component = this.world.component("c");
		hear();
		long before = count();
		Answer refused = create(body.replace("\"C\"", '"' + component + '"'));
		refused.isProblem(status, slug);
		if (field != null) {
			assertThat(refused.body().path("errors").valueStream().map((error) -> error.path("field").asString()))
				.contains(field);
		}
		assertThat(count()).isEqualTo(before);
	}

	@Test
	void anIllegalTransitionNamesTheAllowedStates() {
		String component = this.world.component("c");
		hear();
		String notice = publish("Down", component).noticeId();
		Answer refused = say(notice, Map.of("state", "POSTMORTEM", "text", "Too early.")).isProblem(409,
				"illegal-transition");
		assertThat(refused.body().path("allowed").valueStream().map((state) -> state.asString()))
			.containsExactly("INVESTIGATING", "IDENTIFIED", "MONITORING", "RESOLVED");
		assertThat(get("/v1/notices/" + notice + "/updates").is(200).texts("seq")).hasSize(1);
	}

	@Test
	void editingNeedsADraftAndItsTag() {
		String component = this.world.component("c");
		hear();
		Answer draft = create(incident("A draft", List.of(component))).is(201);
		String path = "/v1/notices/" + draft.noticeId();
		patch(path, Map.of("title", "Other")).isProblem(428, "precondition-required");
		Answer changed = patch(path, Map.of("title", "Other"), "If-Match", draft.etag()).is(200);
		assertThat(changed.text("title")).isEqualTo("Other");
		patch(path, Map.of("title", "Third"), "If-Match", draft.etag()).isProblem(412, "version-conflict");
		patch(path, Map.of("title", " "), "If-Match", changed.etag()).isProblem(422, "validation");
		Answer said = say(draft.noticeId(), Map.of("text", "Hello.")).is(201);
		patch(path, Map.of("title", "Fourth"), "If-Match", said.etag()).isProblem(409, "conflict");
	}

	@Test
	void keysTokensAndScopesAreNeeded() {
		String component = this.world.component("c");
		hear();
		Map<String, Object> draft = incident("x", List.of(component));
		exchange(this.api.provider(), "POST", "/v1/notices", draft).isProblem(400, "idempotency-key-missing");
		exchange(this.api.anonymous(), "POST", "/v1/notices", draft, "Idempotency-Key", "a").isProblem(401,
				"unauthenticated");
		exchange(this.api.providerReader(), "POST", "/v1/notices", draft, "Idempotency-Key", "a").isProblem(403,
				"forbidden");
		exchange(this.api.anonymous(), "GET", "/v1/notices", null).isProblem(401, "unauthenticated");
	}

	@Test
	void parametersAreChecked() {
		String component = this.world.component("c");
		hear();
		get("/v1/notices?limit=0").isProblem(422, "validation");
		get("/v1/notices?limit=201").isProblem(422, "validation");
		get("/v1/notices?kind=PARTY").isProblem(422, "validation");
		get("/v1/notices?updatedAfter=yesterday").isProblem(422, "validation");
		get("/v1/notices?updatedAfter=%2B1000000000-01-01T00:00:00Z").isProblem(422, "validation");
		get("/v1/notices?updatedAfter=9999-12-31T23:59:59-00:01").isProblem(422, "validation");
		get("/v1/notices?cursor=forged").isProblem(422, "cursor-invalid");
		String path = "/v1/notices?component=" + component + "&limit=1";
		create(incident("1", List.of(component))).is(201);
		create(incident("2", List.of(component))).is(201);
		String next = get(path).is(200).text("next");
		get("/v1/notices?limit=1&cursor=" + next).isProblem(422, "cursor-invalid");
		Stream.of("", "/updates", "/audience", "/obligations")
			.forEach((rest) -> get("/v1/notices/not_00000000000000000000000000" + rest).isProblem(404, "not-found"));
		get("/v1/components/cmp_00000000000000000000000000/impacts").isProblem(404, "not-found");
		say("not_00000000000000000000000000", Map.of("text", "x")).isProblem(404, "not-found");
	}

	@Test
	void aBodyThatIsTooLargeIsRefused() {
		Map<String, Object> draft = incident("x".repeat(300_000), List.of("cmp_x"));
		create(draft).isProblem(413, "payload-too-large");
	}

	private long count() {
		return this.jdbc.sql("SELECT COUNT(*) FROM notice").query(Long.class).single();
	}

}
