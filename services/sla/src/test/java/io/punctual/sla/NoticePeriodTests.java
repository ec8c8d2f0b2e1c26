package io.punctual.sla;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.punctual.shared.contract.MaintenanceTerms;
import io.punctual.shared.contract.MaintenanceWindow;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.id.Ids;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long before its window maintenance was announced.
 */
@PunctualTest(properties = "punctual.statements.look=-")
class NoticePeriodTests {

	private static final FakeLogs LOGS = new FakeLogs();

	private static final ComponentStory STORY = new ComponentStory(LOGS);

	@Autowired
	private Api api;

	@DynamicPropertySource
	static void sources(DynamicPropertyRegistry registry) {
		LOGS.serve(registry);
	}

	@Test
	void eachAnnouncementOfAWindowKeepsItsNoticePeriodOrBreaksIt() {
		Said said = STORY.client(Instant.parse("2015-01-01T00:00:00Z"), null,
				new MaintenanceTerms(Duration.ofDays(3), null), null);
		announce(said, 1, "2020-06-01T00:00:00Z", window("2020-06-10T00:00:00Z", "2020-06-10T02:00:00Z", 0));
		announce(said, 2, "2020-06-02T00:00:00Z", window("2020-06-10T00:00:00Z", "2020-06-10T02:00:00Z", 0));
		announce(said, 3, "2020-06-09T00:00:00.000001Z", window("2020-06-12T00:00:00Z", "2020-06-12T02:00:00Z", 1));
		Answers.await(() -> clocks(said, "BREACHED").size() == 1);
		JsonNode kept = clocks(said, "MET").get(0);
		assertThat(clocks(said, "MET").size()).as("repeating it promises nothing new").isOne();
		assertThat(kept.get("dueAt").asString()).isEqualTo("2020-06-07T00:00:00Z");
		assertThat(kept.get("startedAt").asString()).isEqualTo("2020-06-10T00:00:00Z");
		JsonNode broken = clocks(said, "BREACHED").get(0);
		assertThat(broken.get("attribution").asString()).isEqualTo("PROVIDER");
		assertThat(broken.get("stoppedAt").asString()).isEqualTo("2020-06-09T00:00:00.000001Z");
		assertThat(Answers.get(this.api.provider(), "/v1/clocks/" + kept.get("clockId").asString() + "/proof")
			.at("/due/at")).isEqualTo(kept.get("dueAt"));
	}

	private JsonNode clocks(Said said, String state) {
		return Answers
			.get(this.api.provider(),
					"/v1/clocks?objective=NOTICE_PERIOD&state=" + state + "&client=" + said.clientId())
			.get("items");
	}

	private static void announce(Said said, int seq, String at, MaintenanceWindow window) {
		UpdatePublished update = ComponentStory.maintenance(said.noticeId(), seq, "SCHEDULED", Instant.parse(at),
				window);
		STORY.publish(update);
		LOGS.append("notices", UpdateOwed.TYPE, said.noticeId(), new UpdateOwed(said.noticeId(), update.updateId(),
				update.publishedAt(), false, false, said.terms(), null,
				List.of(new UpdateOwed.Owed(Ids.next("obl"), said.clientId(), List.of(), update.publishedAt()))));
	}

	private static MaintenanceWindow window(String start, String end, int sequence) {
		return new MaintenanceWindow(Instant.parse(start), Instant.parse(end), sequence);
	}

}
