package io.punctual.testing.sample;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.punctual.shared.contract.AuditRecorded;
import io.punctual.shared.contract.AuditRecorded.Actor;
import io.punctual.shared.contract.AuditRecorded.Outcome;
import io.punctual.shared.id.Ids;
import io.punctual.shared.security.Scopes;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which requests leave an entry in the audit, and what it says.
 */
class AuditTests extends SampleTest {

	@Autowired
	private MeterRegistry meters;

	@Test
	void aPersonIsNamedAndWhatIsMadeToo() {
		String token = this.tokens.token((claims) -> claims.subject("7d0c7b0e")
			.claim("username", "ada")
			.claim("client_id", "console")
			.claim("scope", Scopes.PROVIDER_WRITE));
		String id = Ids.next("cor");
		post(this.api.with(token), id, "{\"name\":\"audited\"}").expectStatus().isCreated();
		AuditRecorded entry = only(id);
		assertThat(entry.actor()).isEqualTo(new Actor(Actor.Kind.PERSON, "7d0c7b0e", "ada", null));
		assertThat(entry.action()).isEqualTo("POST /v1/things");
		assertThat(entry.outcome()).isEqualTo(Outcome.DONE);
	}

	@Test
	void whatIsNamedByThePathIsWhatItIsAbout() {
		String thing = Ids.next("thg");
		this.jdbc.sql("INSERT INTO thing (id, name) VALUES (?, 'before')").param(thing).update();
		String id = Ids.next("cor");
		patch(thing, id, "after").expectStatus().isOk();
		AuditRecorded entry = only(id);
		assertThat(entry.about()).containsExactly(thing);
		assertThat(entry.action()).isEqualTo("PATCH /v1/things/{thingId}");
		assertThat(entry.actor()).isEqualTo(new Actor(Actor.Kind.MACHINE, "provider-console", null, null));
	}

	@Test
	void whatIsRolledBackWasNotDone() {
		String id = Ids.next("cor");
		post(this.api.provider(), id, "{\"name\":\"refuse\"}").expectStatus().isEqualTo(409);
		assertThat(entries(id)).isEmpty();
		assertThat(countOf("refuse")).isZero();
	}

	@Test
	void anAnswerThatIsRepeatedIsNoSecondAct() {
		String first = Ids.next("cor");
		String second = Ids.next("cor");
		for (String id : List.of(first, second)) {
			this.api.provider()
				.post()
				.uri("/v1/things")
				.header("Idempotency-Key", first)
				.header("X-Correlation-Id", id)
				.contentType(MediaType.APPLICATION_JSON)
				.body("{\"name\":\"once\"}")
				.exchange()
				.expectStatus()
				.isCreated();
		}
		assertThat(entries(first)).hasSize(1);
		assertThat(entries(second)).isEmpty();
	}

	@Test
	void whoMayNotIsRecordedAndCounted() {
		double before = this.meters.get("punctual.audit.denied").counter().count();
		String id = Ids.next("cor");
		post(this.api.providerReader(), id, "{\"name\":\"denied\"}").expectStatus().isForbidden();
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !entries(id).isEmpty());
		assertThat(only(id).outcome()).isEqualTo(Outcome.DENIED);
		assertThat(only(id).actor().subject()).isEqualTo("provider-dashboard");
		assertThat(this.meters.get("punctual.audit.denied").counter().count()).isEqualTo(before + 1);
		assertThat(countOf("denied")).isZero();
	}

	@Test
	void readingAndWhatIsNotValidLeaveNothing() {
		String id = Ids.next("cor");
		this.api.provider().get().uri("/v1/things").header("X-Correlation-Id", id).exchange().expectStatus().isOk();
		post(this.api.provider(), id, "{\"name\":\"\"}").expectStatus().isEqualTo(422);
		post(this.api.anonymous(), id, "{\"name\":\"nobody\"}").expectStatus().isUnauthorized();
		assertThat(entries(id)).isEmpty();
	}

	private RestTestClient.ResponseSpec post(RestTestClient as, String correlationId, String body) {
		return as.post()
			.uri("/v1/things")
			.header("Idempotency-Key", correlationId)
			.header("X-Correlation-Id", correlationId)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange();
	}

	private RestTestClient.ResponseSpec patch(String thing, String correlationId, String name) {
		return this.api.provider()
			.patch()
			.uri("/v1/things/{id}", thing)
			.header("If-Match", "\"v1\"")
			.header("X-Correlation-Id", correlationId)
			.body(Map.of("name", name))
			.exchange();
	}

	private AuditRecorded only(String correlationId) {
		List<AuditRecorded> entries = entries(correlationId);
		assertThat(entries).hasSize(1);
		return entries.getFirst();
	}

	private List<AuditRecorded> entries(String correlationId) {
		return this.jdbc.sql("SELECT data FROM event_log WHERE type = 'audit.recorded' AND correlation_id = ?")
			.param(correlationId)
			.query(String.class)
			.list()
			.stream()
			.map((data) -> JsonMapper.shared().readValue(String.valueOf(data), AuditRecorded.class))
			.toList();
	}

}
