package io.punctual.sla.clock;

import java.time.Instant;

import io.punctual.shared.contract.NoticeCancelled;
import io.punctual.shared.contract.NoticeDetected;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.events.Event;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is applied together, and what has to wait for what was before it.
 */
class SaidTogetherTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final SaidTogether together = new SaidTogether();

	private long position;

	@Test
	void publicationsOfDifferentNoticesGoTogether() {
		for (String notice : new String[] { "not_1", "not_2", "not_3" }) {
			assertThat(takes(published(notice))).isTrue();
			assertThat(takes(owed(notice, 1))).isTrue();
		}
		assertThat(this.together.published()).hasSize(3);
		assertThat(this.together.owed()).hasSize(3);
	}

	@Test
	void pagesOfOnePublicationGoTogether() {
		assertThat(takes(published("not_1"))).isTrue();
		assertThat(takes(owed("not_1", 1))).isTrue();
		assertThat(takes(owed("not_1", 1))).isTrue();
	}

	@Test
	void theNextUpdateOfANoticeStopsWhatTheOneBeforeHasStarted() {
		assertThat(takes(published("not_1"))).isTrue();
		assertThat(takes(owed("not_1", 1))).isTrue();
		assertThat(takes(published("not_1"))).isFalse();
		assertThat(takes(published("not_2"))).isTrue();
	}

	@Test
	void twoUpdatesOfANoticeThatNobodyIsOwedAreTwoAllTheSame() {
		assertThat(takes(published("not_1"))).isTrue();
		assertThat(takes(published("not_1"))).isFalse();
	}

	@Test
	void whatWasDetectedComesBeforeItIsSaidOrGivenUp() {
		assertThat(takes(detected("not_1"))).isTrue();
		assertThat(takes(published("not_1"))).isTrue();
		assertThat(takes(detected("not_2"))).isTrue();
		assertThat(takes(cancelled("not_2"))).isTrue();
		assertThat(takes(detected("not_1"))).isFalse();
	}

	@Test
	void aPageOfManyIsEnough() {
		assertThat(takes(owed("not_1", 500))).isTrue();
		assertThat(takes(owed("not_1", 500))).isTrue();
		assertThat(takes(owed("not_2", 1))).isFalse();
	}

	private boolean takes(Event event) {
		boolean takes = this.together.takes(event);
		if (takes) {
			this.together.add(event);
		}
		return takes;
	}

	private Event detected(String notice) {
		return event(NoticeDetected.TYPE, notice, """
				{"noticeId": "%s", "kind": "INCIDENT", "severity": "MAJOR", "title": "t", "components": [],
				 "detectedAt": "2026-01-01T00:00:00Z", "drill": false, "page": 1, "pages": 1, "expected": []}"""
			.formatted(notice));
	}

	private Event published(String notice) {
		return event(UpdatePublished.TYPE, notice, """
				{"noticeId": "%s", "updateId": "upd_1", "seq": 1, "kind": "INCIDENT", "state": "INVESTIGATING",
				 "severity": "MAJOR", "title": "t", "text": "t", "components": [], "impacts": [],
				 "publishedAt": "2026-01-01T00:00:00Z", "drill": false, "closing": false, "audiencePosition": 1}"""
			.formatted(notice));
	}

	private Event owed(String notice, int clients) {
		String one = """
				{"obligationId": "obl_1", "clientId": "cli_1", "endpointIds": [], "owedFrom": "2026-01-01T00:00:00Z"}""";
		return event(UpdateOwed.TYPE, notice, """
				{"noticeId": "%s", "updateId": "upd_1", "publishedAt": "2026-01-01T00:00:00Z", "drill": false,
				 "supplementary": false, "owed": [%s]}""".formatted(notice,
				String.join(",", java.util.Collections.nCopies(clients, one))));
	}

	private Event cancelled(String notice) {
		return event(NoticeCancelled.TYPE, notice, """
				{"noticeId": "%s", "at": "2026-01-01T00:00:00Z", "by": "somebody"}""".formatted(notice));
	}

	private Event event(String type, String notice, String json) {
		JsonNode data = JSON.readTree(json);
		this.position++;
		return new Event(this.position, "evt_" + this.position, "notices", type, notice,
				Instant.parse("2026-01-01T00:00:00Z"), "cor_1", data);
	}

}
