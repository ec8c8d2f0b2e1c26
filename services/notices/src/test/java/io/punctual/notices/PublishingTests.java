package io.punctual.notices;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.punctual.notices.support.NoticesTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * To whom an update is owed, and what the other services are told.
 */
class PublishingTests extends NoticesTest {

	@Test
	void thePagesComeTheMostUrgentFirstAndTheBestEffortLast() {
		String component = this.world.component("c");
		Map<String, Object> slow = this.world.agreement("Slow", "PT1H");
		Map<String, Object> quick = this.world.agreement("Quick", "PT1M");
		for (int i = 0; i < 501; i++) {
			String client = this.world.client("slow" + i);
			this.world.promised(client, slow);
			this.world.entitled(client, component);
		}
		String urgent = this.world.client("urgent");
		this.world.promised(urgent, quick);
		this.world.entitled(urgent, component);
		String unpromised = this.world.client("unpromised");
		this.world.entitled(unpromised, component);
		hearAll();
		List<Told> told = told(publish("Down", component).noticeId());
		assertThat(told).extracting(Told::type)
			.containsExactly("update.published", "update.owed", "update.owed", "update.owed", "update.owed");
		assertThat(told.stream().skip(1).map((event) -> event.data().path("owed").size())).containsExactly(1, 500, 1,
				1);
		assertThat(told.get(1).data().path("agreement").path("name").asString()).isEqualTo("Quick");
		assertThat(told.get(4).data().has("agreement")).isFalse();
		assertThat(told.get(4).data().has("dueAt")).isFalse();
		assertThat(told.get(0).data().path("audiencePosition").asLong())
			.isEqualTo(this.readers.of("clients").position());
	}

	@Test
	void theObligationFreezesTheEndpointsWhoseFilterMatches() {
		String component = this.world.component("c");
		String client = this.world.client("picky");
		this.world.promised(client, this.world.agreement("Gold", "PT1M"));
		String all = this.world.endpoint(client);
		String critical = this.world.endpoint(client, Map.of("severities", List.of("CRITICAL")));
		this.world.endpoint(client, Map.of("severities", List.of("MINOR")));
		this.world.endpoint(client, Map.of("kinds", List.of("RELEASE")));
		String here = this.world.endpoint(client, Map.of("components", List.of(component, "cmp_other")));
		String deaf = this.world.client("deaf");
		this.world.promised(deaf, this.world.agreement("Silver", "PT1M"));
		this.world.endpoint(deaf, Map.of("kinds", List.of("RELEASE")));
		this.world.entitled(client, component);
		this.world.entitled(deaf, component);
		hear();
		List<Told> told = told(publish("Down", component).noticeId());
		assertThat(told.get(1).data().path("owed").path(0).path("endpointIds").valueStream().map(JsonNode::asString))
			.containsExactly(all, critical, here);
		// Who filters a notice away everywhere finds it in the feed, and nothing is
		// promised.
		assertThat(told.get(2).data().path("owed").path(0).path("clientId").asString()).isEqualTo(deaf);
		assertThat(told.get(2).data().has("dueAt")).isFalse();
	}

	@Test
	void whoeverWasToldIsOwedTheClosingUpdate() {
		String component = this.world.component("c");
		String stays = this.world.client("stays");
		String leaves = this.world.client("leaves");
		String onlyCritical = this.world.endpoint(leaves, Map.of("severities", List.of("CRITICAL")));
		this.world.entitled(stays, component);
		this.world.entitled(leaves, component);
		hear();
		String notice = publish("Down", component).noticeId();
		this.world.notEntitled(leaves, component);
		hear();
		Answer second = say(notice, Map.of("state", "MONITORING", "text", "Better.", "severity", "MINOR")).is(201);
		assertThat(owedTo(notice, second)).containsExactly(stays);
		assertThat(get("/v1/notices/" + notice + "/audience?closing=true").is(200).texts("clientId"))
			.containsExactlyInAnyOrder(stays, leaves);
		Answer last = say(notice, Map.of("state", "RESOLVED", "text", "Over.")).is(201);
		assertThat(owedTo(notice, last)).containsExactlyInAnyOrder(stays, leaves);
		assertThat(told(notice).stream()
			.filter((event) -> event.type().equals("update.owed")
					&& event.data().path("updateId").asString().equals(last.text("updateId")))
			.flatMap((event) -> event.data().path("owed").valueStream())
			.filter((owed) -> owed.path("clientId").asString().equals(leaves))
			.map((owed) -> owed.path("endpointIds").path(0).asString())).containsExactly(onlyCritical);
	}

	@Test
	void anEntitlementThatIsToldLateYieldsASupplementaryObligation() {
		String component = this.world.component("c");
		hear();
		Answer published = publish("Down", component);
		String notice = published.noticeId();
		assertThat(published.body().path("latestUpdate").path("owed").asInt()).isZero();
		String late = this.world.client("late");
		String endpoint = this.world.endpoint(late);
		this.world.promised(late, this.world.agreement("Gold", "PT1M"));
		this.world.entitled(late, component);
		String tooLate = this.world.client("too-late");
		this.world.entitled(tooLate, component, Instant.now().plusSeconds(5));
		hear();
		List<Told> told = told(notice);
		assertThat(told).extracting(Told::type).containsExactly("update.published", "update.owed");
		JsonNode supplement = told.get(1).data();
		assertThat(supplement.path("supplementary").asBoolean()).isTrue();
		assertThat(supplement.path("owed").size()).isEqualTo(1);
		JsonNode owed = supplement.path("owed").path(0);
		assertThat(owed.path("clientId").asString()).isEqualTo(late);
		assertThat(owed.path("endpointIds").path(0).asString()).isEqualTo(endpoint);
		assertThat(Instant.parse(owed.path("owedFrom").asString()))
			.isAfterOrEqualTo(Instant.parse(supplement.path("publishedAt").asString()));
		assertThat(Instant.parse(supplement.path("dueAt").asString()))
			.isEqualTo(Instant.parse(owed.path("owedFrom").asString()).plusSeconds(60));
		// Told again, it changes nothing.
		this.world.entitled(late, component);
		hear();
		assertThat(told(notice)).hasSize(2);
	}

	@Test
	void aDraftThatWasDetectedTellsEachClientOnceThatItExpectsAnUpdate() {
		String one = this.world.component("one");
		String two = this.world.component("two");
		Map<String, Object> gold = this.world.agreement("Gold", "PT1M");
		List<String> clients = new ArrayList<>();
		for (String component : List.of(one, two, two)) {
			String client = this.world.client("c" + clients.size());
			this.world.promised(client, gold);
			clients.add(client);
			if (clients.size() < 3) {
				this.world.entitled(client, component);
			}
		}
		hear();
		Answer draft = create(incident("Something is odd", List.of(one))).is(201);
		String path = "/v1/notices/" + draft.noticeId();
		assertThat(told(draft.noticeId())).isEmpty();
		Answer detected = patch(path, Map.of("detectedAt", Instant.now().minusSeconds(9).toString()), "If-Match",
				draft.etag())
			.is(200);
		assertThat(expected(draft.noticeId())).containsExactly(clients.get(0));
		Answer wider = patch(path, Map.of("components", List.of(one, two)), "If-Match", detected.etag()).is(200);
		assertThat(expected(draft.noticeId())).containsExactly(clients.get(0), clients.get(1));
		this.world.entitled(clients.get(2), two);
		hear();
		assertThat(expected(draft.noticeId())).isEqualTo(clients);
		patch(path, Map.of("detectedAt", Instant.now().toString()), "If-Match", wider.etag()).isProblem(422,
				"validation");
		post(path + "/cancel", Map.of("text", "A false alarm.")).is(200);
		assertThat(told(draft.noticeId()).getLast().type()).isEqualTo("notice.cancelled");
		say(draft.noticeId(), Map.of("text", "No.")).isProblem(409, "illegal-transition");
	}

	@Test
	void theScopeMayWidenAndThenConcernsMore() {
		String one = this.world.component("one");
		String two = this.world.component("two");
		String first = this.world.client("first");
		String second = this.world.client("second");
		this.world.entitled(first, one);
		this.world.entitled(second, two);
		hear();
		String notice = publish("Down", one).noticeId();
		Answer wider = say(notice, Map.of("text", "More is down.", "components", List.of(one, two), "impacts",
				List.of(Map.of("componentId", two, "level", "PARTIAL"))))
			.is(201);
		assertThat(owedTo(notice, wider)).containsExactlyInAnyOrder(first, second);
		assertThat(wider.body().path("impacts").valueStream().map((impact) -> impact.path("level").asString()))
			.containsExactly("NONE", "PARTIAL");
		say(notice, Map.of("text", "Less.", "components", List.of(two))).isProblem(422, "validation");
	}

	@Test
	void theSameKeyPublishesOnce() {
		String component = this.world.component("c");
		this.world.entitled(this.world.client("x"), component);
		hear();
		String notice = publish("Down", component).noticeId();
		String path = "/v1/notices/" + notice + "/updates";
		Map<String, Object> said = Map.of("state", "MONITORING", "text", "Better.");
		Answer once = post(path, said, "Idempotency-Key", "the-key-" + notice).is(201);
		Answer again = post(path, said, "Idempotency-Key", "the-key-" + notice).is(201);
		assertThat(again.headers().getFirst("Idempotency-Replayed")).isEqualTo("true");
		assertThat(again.body()).isEqualTo(once.body());
		assertThat(get(path).is(200).texts("updateId")).hasSize(2);
		post(path, Map.of("text", "Another."), "Idempotency-Key", "the-key-" + notice).isProblem(422,
				"idempotency-key-reused");
		post(path, said, "If-Match", "\"v0\"").isProblem(412, "version-conflict");
		post(path, Map.of("text", "Still so."), "If-Match", once.etag()).is(201);
	}

	@Test
	void anUpdateMayCorrectAnEarlierOneOfTheSameNotice() {
		String component = this.world.component("c");
		hear();
		Answer published = publish("Down", component);
		String notice = published.noticeId();
		String first = published.body().path("latestUpdate").path("updateId").asString();
		say(notice, Map.of("state", "RESOLVED", "text", "Over.")).is(201);
		say(notice, Map.of("text", "And another thing.")).isProblem(409, "illegal-transition");
		Answer correction = say(notice, Map.of("text", "It was worse.", "corrects", first)).is(201);
		assertThat(correction.text("state")).isEqualTo("RESOLVED");
		assertThat(correction.text("corrects")).isEqualTo(first);
		String other = publish("Another", component).body().path("latestUpdate").path("updateId").asString();
		say(notice, Map.of("text", "No.", "corrects", other)).isProblem(422, "validation");
		say(notice, Map.of("state", "INVESTIGATING", "text", "It is back.")).is(201);
		assertThat(get("/v1/notices/" + notice).is(200).body().has("closedAt")).isFalse();
	}

	@Test
	void scheduledMaintenanceIsCalledOffByALastUpdate() {
		String component = this.world.component("c");
		this.world.entitled(this.world.client("x"), component);
		hear();
		Map<String, Object> draft = incident("New disks", List.of(component));
		draft.put("kind", "MAINTENANCE");
		draft.put("window", Map.of("start", Instant.now().plusSeconds(3600), "end", Instant.now().plusSeconds(7200)));
		draft.put("update", Map.of("text", "On Sunday."));
		Answer scheduled = create(draft).is(201);
		assertThat(scheduled.text("state")).isEqualTo("SCHEDULED");
		Answer cancelled = post("/v1/notices/" + scheduled.noticeId() + "/cancel", Map.of("text", "Not on Sunday."))
			.is(200);
		assertThat(cancelled.text("state")).isEqualTo("CANCELLED");
		assertThat(cancelled.body().path("latestUpdate").path("text").asString()).isEqualTo("Not on Sunday.");
		post("/v1/notices/" + publish("Down", component).noticeId() + "/cancel", Map.of()).isProblem(409,
				"illegal-transition");
	}

	private void hearAll() {
		for (int i = 0; i < 10; i++) {
			this.readers.of("clients").pull();
		}
		hear();
	}

	private List<String> owedTo(String notice, Answer update) {
		return get("/v1/notices/" + notice + "/obligations?update=" + update.text("updateId")).is(200)
			.texts("clientId");
	}

	private List<String> expected(String notice) {
		return told(notice).stream()
			.filter((event) -> event.type().equals("notice.detected"))
			.flatMap((event) -> event.data().path("expected").valueStream())
			.flatMap((expected) -> expected.path("clients").valueStream())
			.map((client) -> client.path("clientId").asString())
			.toList();
	}

}
