package io.punctual.sla.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.punctual.shared.contract.AuditRecorded;
import io.punctual.shared.contract.AuditRecorded.Actor;
import io.punctual.shared.contract.AuditRecorded.Outcome;
import io.punctual.shared.id.Ids;
import io.punctual.shared.schema.CheckMode;
import io.punctual.shared.schema.CheckReport;
import io.punctual.sla.FakeLogs;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The audit of all services, as it is asked and as it is kept.
 */
@PunctualTest
class AuditTests {

	private static final String PUBLISH = "POST /v1/notices/{noticeId}/updates";

	private static final FakeLogs LOGS = new FakeLogs();

	private static final JsonMapper JSON = new JsonMapper();

	@Autowired
	private Api api;

	@Autowired
	private AuditVerifier verifier;

	@Autowired
	private JdbcConnectionDetails database;

	@Autowired
	private JdbcClient jdbc;

	@DynamicPropertySource
	static void sources(DynamicPropertyRegistry registry) {
		LOGS.serve(registry);
	}

	@Test
	void showsWhoDidWhatToWhat() {
		String client = Ids.next("cli");
		String notice = Ids.next("not");
		Actor ada = new Actor(Actor.Kind.PERSON, Ids.next("sub"), "ada", null);
		Actor machine = new Actor(Actor.Kind.MACHINE, Ids.next("app"), null, client);
		String published = tell("notices", ada, PUBLISH, Outcome.DONE, notice);
		String changed = tell("clients", ada, "PATCH /v1/clients/{clientId}", Outcome.DONE, client);
		String refused = tell("delivery", machine, "POST /v1/deliveries/{deliveryId}/retry", Outcome.DENIED, client);
		await(3, "actor", ada.subject(), "client", client, "actor", machine.subject(), "subject", notice);
		assertThat(ids("actor", ada.subject())).containsExactly(changed, published);
		assertThat(ids("client", client)).containsExactly(refused, changed);
		assertThat(ids("client", client, "outcome", "DENIED")).containsExactly(refused);
		assertThat(ids("subject", notice, "action", PUBLISH)).containsExactly(published);
		assertThat(ids("subject", notice, "client", client)).isEmpty();
		assertThat(ids("subject", notice, "to", "2020-01-01T00:00:00Z")).isEmpty();
		assertThat(ids("subject", notice, "from", "2020-01-01T00:00:00Z")).containsExactly(published);
		JsonNode entry = get("subject", notice).get("items").get(0);
		assertThat(entry.at("/actor/name").asString()).isEqualTo("ada");
		assertThat(entry.get("service").asString()).isEqualTo("notices");
		assertThat(entry.get("correlationId").asString()).isEqualTo("test");
	}

	@Test
	void goesThroughAllPagesTheNewestFirst() {
		Actor actor = new Actor(Actor.Kind.MACHINE, Ids.next("app"), null, null);
		List<String> told = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			told.addFirst(tell("clients", actor, "POST /v1/clients", Outcome.DONE, Ids.next("cli")));
		}
		await(5, "actor", actor.subject());
		List<String> seen = new ArrayList<>();
		JsonNode page = get("actor", actor.subject(), "limit", "2");
		seen.addAll(ids(page));
		while (page.has("next")) {
			page = get("actor", actor.subject(), "limit", "2", "cursor", page.get("next").asString());
			seen.addAll(ids(page));
		}
		assertThat(seen).isEqualTo(told);
	}

	@Test
	void anyChangeOfWhatWasWrittenIsFound() {
		Actor actor = new Actor(Actor.Kind.MACHINE, Ids.next("app"), null, null);
		for (int i = 0; i < 4; i++) {
			tell("delivery", actor, "POST /v1/deliveries/{deliveryId}/retry", Outcome.DONE, Ids.next("dlv"));
		}
		await(4, "actor", actor.subject());
		assertThat(this.verifier.verify()).isEmpty();
		long last = this.jdbc.sql("SELECT entries FROM audit_chain WHERE source = 'delivery'")
			.query(Long.class)
			.single();
		spoilt("UPDATE audit_entry SET actor = 'somebody' WHERE source = 'delivery' AND number = " + (last - 1),
				"UPDATE audit_entry SET actor = '" + actor.subject() + "' WHERE source = 'delivery' AND number = "
						+ (last - 1),
				"another number " + (last - 1));
		spoilt("UPDATE audit_entry SET number = 1000000 WHERE source = 'delivery' AND number = " + (last - 1),
				"UPDATE audit_entry SET number = " + (last - 1) + " WHERE number = 1000000", "lacks number");
		spoilt("UPDATE audit_entry SET number = 1000000 WHERE source = 'delivery' AND number = " + last,
				"UPDATE audit_entry SET number = " + last + " WHERE number = 1000000", "delivery");
		assertThat(this.verifier.verify()).isEmpty();
		assertThat(check().checked().get("auditEntries")).isGreaterThanOrEqualTo(4);
	}

	@Test
	void isForTheProviderOnly() {
		this.api.knowCredential("audit-client", Ids.next("cli"));
		this.api.client("audit-client").get().uri("/v1/audit").exchange().expectStatus().isForbidden();
		this.api.providerReader().get().uri("/v1/audit").exchange().expectStatus().isOk();
		this.api.provider().get().uri("/v1/audit?from=yesterday").exchange().expectStatus().isEqualTo(422);
		this.api.provider()
			.get()
			.uri("/v1/audit?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z")
			.exchange()
			.expectStatus()
			.isEqualTo(422);
		this.api.provider().get().uri("/v1/audit?cursor=forged").exchange().expectStatus().isEqualTo(422);
	}

	private CheckReport check() {
		return CheckMode.check("check", "--spring.datasource.url=" + this.database.getJdbcUrl(),
				"--spring.datasource.username=" + this.database.getUsername(),
				"--spring.datasource.password=" + this.database.getPassword());
	}

	private void spoilt(String change, String mend, String finding) {
		this.jdbc.sql(change).update();
		assertThat(this.verifier.verify()).singleElement().asString().contains(finding);
		CheckReport report = check();
		assertThat(report.exitStatus()).isEqualTo(1);
		assertThat(report.fault()).contains("audit").contains(finding);
		this.jdbc.sql(mend).update();
	}

	private String tell(String source, Actor actor, String action, Outcome outcome, String about) {
		String id = Ids.next("aud");
		LOGS.append(source, AuditRecorded.TYPE, id, new AuditRecorded(id, actor, action, outcome, List.of(about)));
		return id;
	}

	private void await(int count, String... filters) {
		for (int i = 0; i < filters.length; i += 2) {
			String name = filters[i];
			String value = filters[i + 1];
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !ids(name, value).isEmpty());
		}
		if (filters.length == 2) {
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> ids(filters).size() == count);
		}
	}

	private List<String> ids(String... filters) {
		return ids(get(filters));
	}

	private static List<String> ids(JsonNode page) {
		return page.get("items").valueStream().map((entry) -> entry.get("auditId").asString()).toList();
	}

	private JsonNode get(String... filters) {
		StringBuilder uri = new StringBuilder("/v1/audit?");
		List<Object> values = new ArrayList<>();
		for (int i = 0; i < filters.length; i += 2) {
			uri.append(filters[i]).append("={").append(i).append("}&");
			values.add(filters[i + 1]);
		}
		byte[] body = this.api.provider()
			.get()
			.uri(uri.toString(), values.toArray())
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBody();
		return JSON.readTree(body);
	}

}
