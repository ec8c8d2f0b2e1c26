package io.punctual.notices;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.punctual.notices.support.NoticesTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The main job, told as a story: an incident from its detection to its end, for clients
 * with different promises.
 */
class IncidentStoryTests extends NoticesTest {

	@Test
	void anIncidentIsDetectedPublishedDeliveredAndResolved() {
		String storage = this.world.component("storage");
		String gold = this.world.client("gold");
		String silver = this.world.client("silver");
		String endpoint = this.world.endpoint(gold);
		this.world.endpoint(silver);
		this.world.promised(gold, this.world.agreement("Gold", "PT1M"));
		this.world.promised(silver, this.world.agreement("Silver", "PT5M"));
		this.world.entitled(gold, storage);
		this.world.entitled(silver, storage);
		hear();

		Map<String, Object> draft = incident("Requests fail", List.of(storage));
		draft.put("detectedAt", Instant.now().minusSeconds(30).toString());
		Answer created = create(draft).is(201);
		String notice = created.noticeId();
		assertThat(created.headers().getLocation()).hasToString("/v1/notices/" + notice);
		assertThat(created.text("state")).isEqualTo("DRAFT");
		JsonNode detected = told(notice).getFirst().data();
		assertThat(detected.path("expected").size()).isEqualTo(2);

		Answer audience = get("/v1/notices/" + notice + "/audience").is(200);
		assertThat(audience.body().path("clients").asInt()).isEqualTo(2);
		assertThat(audience.body().path("promises").path(0).path("name").asString()).isEqualTo("Gold");
		assertThat(get("/v1/notices/" + notice + "/obligations").is(200).texts("clientId")).isEmpty();

		Answer first = say(notice,
				Map.of("text", "We see errors.", "impacts", List.of(Map.of("componentId", storage, "level", "MAJOR"))))
			.is(201);
		assertThat(first.text("state")).isEqualTo("INVESTIGATING");
		assertThat(first.body().path("seq").asInt()).isEqualTo(1);
		assertThat(first.body().path("owed").asInt()).isEqualTo(2);

		JsonNode mostUrgent = get("/v1/notices/" + notice + "/obligations").is(200).body().path("items").path(0);
		assertThat(mostUrgent.path("clientId").asString()).isEqualTo(gold);
		assertThat(mostUrgent.path("endpointIds").path(0).asString()).isEqualTo(endpoint);
		Instant publishedAt = Instant.parse(first.text("publishedAt"));
		Instant dueAt = Instant.parse(mostUrgent.path("dueAt").asString());
		assertThat(Duration.between(publishedAt, dueAt)).isEqualTo(Duration.ofMinutes(1));

		String obligation = mostUrgent.path("obligationId").asString();
		this.delivery.append("deliveries.settled", notice,
				Map.of("items",
						List.of(Map.of("obligationId", obligation, "clientId", gold, "updateId", first.text("updateId"),
								"noticeId", notice, "deliveryId", "dlv_1", "endpointId", endpoint, "outcome",
								"DELIVERED", "at", publishedAt.plusSeconds(2).toString(), "attempts", 1,
								"obligationSatisfiedAt", publishedAt.plusSeconds(2).toString()))));
		this.delivery.append("obligation.acknowledged", obligation,
				Map.of("obligationId", obligation, "clientId", gold, "noticeId", notice, "updateId",
						first.text("updateId"), "by", "somebody", "means", "API", "at",
						publishedAt.plusSeconds(9).toString()));
		hear();
		JsonNode arrived = get("/v1/notices/" + notice + "/obligations?state=SATISFIED").is(200).body().path("items");
		assertThat(arrived.size()).isEqualTo(1);
		assertThat(arrived.path(0).path("inTime").asBoolean()).isTrue();
		assertThat(arrived.path(0).has("acknowledgedAt")).isTrue();
		assertThat(get("/v1/notices/" + notice + "/obligations?state=OPEN").is(200).texts("clientId"))
			.containsExactly(silver);

		say(notice, Map.of("state", "IDENTIFIED", "text", "The cause is found.")).is(201);
		Answer last = say(notice, Map.of("state", "RESOLVED", "text", "All is well.")).is(201);
		assertThat(last.body().path("seq").asInt()).isEqualTo(3);
		assertThat(last.body().path("closing").asBoolean()).isTrue();
		assertThat(last.body().path("impacts").path(0).path("level").asString()).isEqualTo("NONE");

		Answer whole = get("/v1/notices/" + notice).is(200);
		assertThat(whole.text("state")).isEqualTo("RESOLVED");
		assertThat(whole.etag()).isEqualTo(last.etag());
		assertThat(get("/v1/notices/" + notice + "/updates").is(200).texts("state")).containsExactly("INVESTIGATING",
				"IDENTIFIED", "RESOLVED");
		JsonNode impairments = get("/v1/components/" + storage + "/impacts").is(200).body().path("items");
		assertThat(impairments.size()).isEqualTo(2);
		assertThat(impairments.path(1).path("to")).isEqualTo(impairments.path(0).path("from"));
		assertThat(impairments.path(0).path("to").asString()).isEqualTo(last.text("publishedAt"));
	}

	@Test
	void aClientSeesWhatItWasOwedAndNothingElse() {
		String mine = this.world.component("mine");
		String others = this.world.component("others");
		String me = this.world.client("me");
		String other = this.world.client("other");
		this.world.entitled(me, mine);
		this.world.entitled(other, mine);
		this.world.entitled(other, others);
		hear();
		this.api.knowCredential("my-key", me);
		String notice = publish("Mine", mine).noticeId();
		String foreign = publish("Not mine", others).noticeId();
		String draft = create(incident("A draft", List.of(mine))).is(201).noticeId();

		assertThat(getAs("my-key", "/v1/notices").is(200).texts("noticeId")).containsExactly(notice);
		assertThat(getAs("my-key", "/v1/notices?client=" + other).is(200).texts("noticeId")).containsExactly(notice);
		getAs("my-key", "/v1/notices/" + notice).is(200);
		assertThat(getAs("my-key", "/v1/notices/" + notice + "/obligations").is(200).texts("clientId"))
			.containsExactly(me);
		for (String hidden : List.of(foreign, draft)) {
			getAs("my-key", "/v1/notices/" + hidden).isProblem(404, "not-found");
			getAs("my-key", "/v1/notices/" + hidden + "/updates").isProblem(404, "not-found");
			getAs("my-key", "/v1/notices/" + hidden + "/obligations").isProblem(404, "not-found");
		}
		getAs("my-key", "/v1/notices/" + notice + "/audience").isProblem(403, "forbidden");
		getAs("unknown-key", "/v1/notices").isProblem(403, "forbidden");
	}

	@Test
	void listsAreReadPageByPage() {
		String component = this.world.component("paged");
		hear();
		List<String> created = new java.util.ArrayList<>();
		for (int i = 0; i < 5; i++) {
			created.addFirst(create(incident("Number " + i, List.of(component))).is(201).noticeId());
		}
		List<String> seen = new java.util.ArrayList<>();
		String path = "/v1/notices?component=" + component + "&kind=INCIDENT&state=DRAFT&limit=2";
		Answer page = get(path).is(200);
		seen.addAll(page.texts("noticeId"));
		while (page.body().has("next")) {
			assertThat(page.headers().getFirst("Link")).contains("rel=\"next\"");
			page = get(path + "&cursor=" + page.text("next")).is(200);
			seen.addAll(page.texts("noticeId"));
		}
		assertThat(seen).isEqualTo(created);
	}

}
