package io.punctual.notices.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.punctual.notices.support.NoticesTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The audience of a position is looked for once, and is still the right one.
 */
class KnownAudienceTests extends NoticesTest {

	@AfterEach
	void nothingStaysParked() {
		this.jdbc.sql("DELETE FROM inbox_parked").update();
	}

	@Test
	void theAudienceIsThatOfThePositionWhateverBecomesOfTheTables() {
		String component = this.world.component("c");
		String client = entitled("remembered", component);
		String notice = publish("Down", component).noticeId();
		say(notice, Map.of("text", "Still so.")).is(201);
		forgetBehindTheReadersBack(client);
		assertThat(owedTo(notice, say(notice, Map.of("text", "Still so.")))).containsExactly(client);
		hearSomethingElse();
		assertThat(owedTo(notice, say(notice, Map.of("text", "Still so.")))).isEmpty();
	}

	@Test
	void eachSeverityHasAnAudienceOfItsOwn() {
		String component = this.world.component("c");
		String client = this.world.client("picky");
		String critical = this.world.endpoint(client, Map.of("severities", List.of("CRITICAL")));
		String minor = this.world.endpoint(client, Map.of("severities", List.of("MINOR")));
		this.world.entitled(client, component);
		hear();
		String notice = publish("Down", component).noticeId();
		assertThat(endpoints(notice, say(notice, Map.of("text", "Worse.")))).containsExactly(critical);
		assertThat(endpoints(notice, say(notice, Map.of("text", "Better.", "severity", "MINOR"))))
			.containsExactly(minor);
		assertThat(endpoints(notice, say(notice, Map.of("text", "Worse.", "severity", "CRITICAL"))))
			.containsExactly(critical);
	}

	@Test
	void anEntitlementThatComesIntoForceMeanwhileCountsFromThenOn() throws InterruptedException {
		String component = this.world.component("c");
		String present = entitled("present", component);
		String coming = this.world.client("coming");
		Instant then = Instant.now().plus(Duration.ofSeconds(2));
		this.world.entitled(coming, component, then);
		hear();
		String notice = publish("Down", component).noticeId();
		List<String> before = owedTo(notice, say(notice, Map.of("text", "Still so.")));
		if (Instant.now().isBefore(then)) {
			assertThat(before).containsExactly(present);
		}
		Thread.sleep(Math.max(0, Duration.between(Instant.now(), then.plusMillis(100)).toMillis()));
		assertThat(owedTo(notice, say(notice, Map.of("text", "Still so.")))).containsExactlyInAnyOrder(present, coming);
		assertThat(owedTo(notice, say(notice, Map.of("text", "Still so.")))).containsExactlyInAnyOrder(present, coming);
	}

	@Test
	void nothingIsRememberedWhileEventsAreParked() {
		String component = this.world.component("c");
		String client = entitled("parked", component);
		hearSomethingElse();
		this.jdbc.sql("""
				INSERT INTO inbox_parked (source, position, event_id, type, subject, time, correlation_id, data, reason,
				  parked_at)
				VALUES ('clients', 1, 'x', 'endpoint.upserted', 'end_1', UTC_TIMESTAMP(6), 'c', '{}', 'a test',
				  UTC_TIMESTAMP(6))""").update();
		String notice = publish("Down", component).noticeId();
		assertThat(owedTo(notice, say(notice, Map.of("text", "Still so.")))).containsExactly(client);
		// As the replay of what is parked would: without the position moving on.
		forgetBehindTheReadersBack(client);
		assertThat(owedTo(notice, say(notice, Map.of("text", "Still so.")))).isEmpty();
	}

	private String entitled(String name, String component) {
		String client = this.world.client(name);
		this.world.entitled(client, component);
		hear();
		return client;
	}

	/** The reader moves on, by something that changes nobody's audience. */
	private void hearSomethingElse() {
		this.world.component("something else");
		hear();
	}

	private void forgetBehindTheReadersBack(String client) {
		this.jdbc.sql("DELETE FROM entitlement WHERE client_id = ?").param(client).update();
	}

	private List<String> owedTo(String notice, Answer update) {
		return obligations(notice, update, "client_id");
	}

	private List<String> endpoints(String notice, Answer update) {
		return obligations(notice, update, "endpoint_ids").stream()
			.map((ids) -> ids.substring(2, ids.length() - 2))
			.toList();
	}

	private List<String> obligations(String notice, Answer update, String column) {
		return this.jdbc
			.sql("SELECT " + column + " FROM obligation WHERE notice_id = ? AND update_id = ? ORDER BY obligation_id")
			.params(notice, update.is(201).text("updateId"))
			.query(String.class)
			.list()
			.stream()
			.map(String::valueOf)
			.toList();
	}

}
