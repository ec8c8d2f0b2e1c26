package io.punctual.sla.statement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.punctual.shared.contract.AgreementAssigned;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.AvailabilityTerms;
import io.punctual.shared.contract.ClientUpserted;
import io.punctual.shared.contract.CreditTerms;
import io.punctual.shared.contract.DeliveriesFailing;
import io.punctual.shared.contract.EntitlementGranted;
import io.punctual.shared.contract.Impact;
import io.punctual.shared.contract.ImpactLevel;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.events.EventReaders;
import io.punctual.shared.id.Ids;
import io.punctual.sla.FakeLogs;
import io.punctual.sla.Said;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Availability and credits in statements, from what was said to what somebody computes
 * again.
 */
@PunctualTest(properties = "punctual.statements.look=-")
class StatedFiguresTests {

	private static final FakeLogs LOGS = new FakeLogs();

	private static final JsonMapper JSON = new JsonMapper();

	static final CreditTerms CREDITS = new CreditTerms("EUR", 1_000_000L, 60_000L,
			List.of(new CreditTerms.Tier(999_000, 500), new CreditTerms.Tier(900_000, 10_000)),
			List.of(new CreditTerms.Breach(Objective.DELIVERY, 2_000)));

	@Autowired
	private Api api;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private MonthEnd monthEnd;

	@Autowired
	private EventReaders readers;

	@TempDir
	private Path folder;

	@DynamicPropertySource
	static void sources(DynamicPropertyRegistry registry) {
		LOGS.serve(registry);
		Path keys = Story.keyFile();
		registry.add("punctual.secrets.key-file", keys::toString);
	}

	@Test
	void aMonthIsStatedWithItsAvailabilityAndWhatItIsCreditedWith() throws IOException {
		Said said = client(LOGS, CREDITS);
		String component = use(said);
		outage(said, component, Story.PUBLISHED, Story.PUBLISHED.plus(Duration.ofHours(2)));
		missDelivery(said);
		List<JsonNode> chain = close(said);
		JsonNode document = chain.getFirst().get("document");
		assertThat(document.at("/availability/components/0/measured/impacted/0/millis").asLong()).isEqualTo(7_200_000);
		assertThat(document.at("/availability/components/0/measured/met").asBoolean()).isFalse();
		JsonNode credit = document.at("/credits/granted/0");
		assertThat(credit.at("/availability/amountMinor").asLong()).as("5 % of the fee").isEqualTo(50_000);
		assertThat(credit.at("/breaches/0/amountMinor").asLong()).isEqualTo(2_000);
		assertThat(credit.get("amountMinor").asLong()).isEqualTo(52_000);
		assertThat(chain.get(1).at("/document/credits/granted").isEmpty()).isTrue();
		assertThat(chain.get(1).at("/document/availability/components/0/measured/availability").asString())
			.isEqualTo("1.000000");
		assertThat(chain.get(1).at("/document/availability/adjustments").isEmpty()).isTrue();
		assertThat(verify(chain)).isZero();
		comesOutOtherwise(document, "comes to another availability",
				(changed) -> put(changed, "/availability/components/0/measured", "unavailableMicros", 1));
		comesOutOtherwise(document, "comes to another availability",
				(changed) -> ((ObjectNode) changed.at("/availability/components/0/facts")).set("impairments",
						JSON.createArrayNode()));
		comesOutOtherwise(document, "measures another time",
				(changed) -> ((ObjectNode) changed.at("/availability/components/0/facts")).put("to",
						Story.PUBLISHED.toString()));
		comesOutOtherwise(document, "comes to other credits",
				(changed) -> put(changed, "/credits/granted/0", "amountMinor", 52_001));
		comesOutOtherwise(document, "comes to other credits",
				(changed) -> ((ObjectNode) changed.get("credits")).set("granted", JSON.createArrayNode()));
	}

	@Test
	void whatBecomesKnownLaterAdjustsTheAvailabilityAndTheCreditOfTheMonthBefore() throws IOException {
		Said said = client(LOGS, CREDITS);
		String component = use(said);
		missDelivery(said);
		settle();
		JsonNode first = closeMonth(said);
		assertThat(first.at("/document/credits/granted/0/amountMinor").asLong()).isEqualTo(2_000);
		// Said two days after the month's end, known an hour before it.
		Instant end = Story.MONTH.plusMonths(1).atDay(1).atStartOfDay(ZoneId.of("Europe/London")).toInstant();
		String notice = Ids.next("not");
		LOGS.append("notices", UpdatePublished.TYPE, notice, update(notice, 1, end.plus(Duration.ofDays(2)),
				end.minus(Duration.ofHours(1)), new Impact(component, ImpactLevel.MAJOR)));
		LOGS.append("notices", UpdatePublished.TYPE, notice, update(notice, 2,
				end.plus(Duration.ofDays(2)).plusSeconds(1), null, new Impact(component, ImpactLevel.NONE)));
		// And the recipient was to blame.
		LOGS.append("delivery", DeliveriesFailing.TYPE, said.endpointId(),
				said.failing(DeliveriesFailing.Side.RECIPIENT, Story.PUBLISHED.plusSeconds(1)));
		this.readers.of("delivery").pull();
		List<JsonNode> chain = close(said);
		assertThat(chain.getFirst()).as("never changed").isEqualTo(first);
		JsonNode second = chain.get(1).get("document");
		JsonNode availability = second.at("/availability/adjustments/0");
		assertThat(availability.get("period").asString()).isEqualTo(Story.MONTH.toString());
		assertThat(availability.at("/before/unavailableMicros").asLong()).isZero();
		assertThat(availability.at("/now/measured/unavailableMicros").asLong()).isEqualTo(3_600_000_000L);
		JsonNode credit = second.at("/credits/adjustments/0");
		assertThat(credit.at("/before/number").asLong()).isEqualTo(1);
		assertThat(credit.at("/now/availability/amountMinor").asLong()).isEqualTo(50_000);
		assertThat(credit.get("differenceMinor").asLong()).isEqualTo(credit.at("/now/amountMinor").asLong() - 2_000);
		assertThat(chain.get(2).at("/document/availability/adjustments").isEmpty()).as("said once").isTrue();
		assertThat(chain.get(2).at("/document/credits/adjustments").isEmpty()).as("said once").isTrue();
		assertThat(verify(chain)).isZero();
		comesOutOtherwise(second, "another difference",
				(changed) -> put(changed, "/credits/adjustments/0", "differenceMinor", 1));
		comesOutOtherwise(second, "comes to another availability",
				(changed) -> put(changed, "/availability/adjustments/0/now/measured", "committedMillis", 1));
	}

	@Test
	void whoeverUsesSomethingUnderAnAgreementIsStatedThoughNothingHappened() throws IOException {
		Said said = client(LOGS, null);
		use(said);
		List<JsonNode> chain = close(said);
		assertThat(chain).hasSizeGreaterThanOrEqualTo(3);
		assertThat(chain.getFirst().at("/document/period").asString()).isEqualTo(Story.MONTH.toString());
		assertThat(chain.getFirst().at("/document/clocks").isEmpty()).isTrue();
		assertThat(chain.getFirst().at("/document/terms/0/name").asString()).isEqualTo("Gold");
		assertThat(verify(chain)).isZero();
	}

	static Said client(FakeLogs logs, @Nullable CreditTerms credits) {
		Said plain = Said.with(Map.of(Objective.DELIVERY, Story.TARGET), false);
		AgreementTerms terms = new AgreementTerms(plain.terms().agreementId(), 1, "Gold", plain.terms().calendar(),
				plain.terms().channels(), plain.terms().targets(), false, new AvailabilityTerms(999_000, null, null),
				null, credits);
		Said said = new Said(plain.clientId(), plain.noticeId(), plain.updateId(), plain.obligationId(),
				plain.deliveryId(), plain.endpointId(), terms);
		logs.append("clients", ClientUpserted.TYPE, said.clientId(), said.client(ClientUpserted.State.ACTIVE));
		logs.append("clients", AgreementAssigned.TYPE, said.clientId(),
				new AgreementAssigned(said.clientId(), terms, start()));
		return said;
	}

	private static String use(Said said) {
		String component = Ids.next("cmp");
		LOGS.append("clients", EntitlementGranted.TYPE, said.clientId(),
				new EntitlementGranted(said.clientId(), component, start()));
		return component;
	}

	private static Instant start() {
		return Story.MONTH.atDay(3).atStartOfDay().toInstant(ZoneOffset.UTC);
	}

	private static void outage(Said said, String component, Instant from, Instant to) {
		String notice = Ids.next("not");
		LOGS.append("notices", UpdatePublished.TYPE, notice,
				update(notice, 1, from, null, new Impact(component, ImpactLevel.MAJOR)));
		LOGS.append("notices", UpdatePublished.TYPE, notice,
				update(notice, 2, to, null, new Impact(component, ImpactLevel.NONE)));
	}

	private static UpdatePublished update(String notice, int seq, Instant at, @Nullable Instant detectedAt,
			Impact impact) {
		return new UpdatePublished(notice, Ids.next("upd"), seq, NoticeKind.INCIDENT, "INVESTIGATING",
				Severity.CRITICAL, "Trouble", "…", List.of(impact.componentId()), List.of(impact), null, at, detectedAt,
				false, false, 1);
	}

	private void missDelivery(Said said) {
		LOGS.append("notices", UpdatePublished.TYPE, said.noticeId(), said.published(Story.PUBLISHED));
		LOGS.append("notices", "update.owed", said.noticeId(), said.owed(Story.PUBLISHED));
		Story.awaitState(this.jdbc, said, "BREACHED");
	}

	private void settle() {
		List.of("clients", "notices", "delivery").forEach((source) -> this.readers.of(source).pull());
	}

	private JsonNode closeMonth(Said said) {
		this.api.provider()
			.post()
			.uri("/v1/clients/" + said.clientId() + "/statements")
			.header("Idempotency-Key", Ids.next("key"))
			.body(Map.of("period", Story.MONTH.toString()))
			.exchange()
			.expectStatus()
			.isCreated();
		return chain(said).getFirst();
	}

	private List<JsonNode> close(Said said) {
		settle();
		this.monthEnd.closeAll();
		return chain(said);
	}

	private List<JsonNode> chain(Said said) {
		return get("/v1/clients/" + said.clientId() + "/statements").get("items")
			.valueStream()
			.map((item) -> get("/v1/statements/" + item.get("statementId").asString()))
			.toList()
			.reversed();
	}

	private JsonNode get(String path) {
		return JSON.readTree(this.api.provider()
			.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBody());
	}

	/** As somebody does who has kept the answers. */
	private int verify(List<JsonNode> statements) throws IOException {
		List<String> args = new ArrayList<>(List.of(VerifyMode.ARGUMENT));
		args.add("--keys="
				+ Files.write(this.folder.resolve("keys.json"), JSON.writeValueAsBytes(get("/v1/statement-keys"))));
		for (int i = 0; i < statements.size(); i++) {
			args.add(Files.write(this.folder.resolve(i + ".json"), JSON.writeValueAsBytes(statements.get(i)))
				.toString());
		}
		return VerifyMode.run(args.toArray(String[]::new));
	}

	private static void comesOutOtherwise(JsonNode document, String how, Consumer<JsonNode> change) {
		JsonNode changed = document.deepCopy();
		change.accept(changed);
		assertThatExceptionOfType(StatementFault.class)
			.isThrownBy(() -> Recomputation.of(CanonicalJson.as(changed, Statement.class)))
			.withMessageContaining(how);
	}

	private static void put(JsonNode document, String where, String name, long value) {
		((ObjectNode) document.at(where)).put(name, value);
	}

}
