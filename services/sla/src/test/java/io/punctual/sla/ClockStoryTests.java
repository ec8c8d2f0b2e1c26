package io.punctual.sla;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.punctual.shared.calendar.CalendarDefinition;
import io.punctual.shared.calendar.WorkingCalendar;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.ClientUpserted;
import io.punctual.shared.contract.DeliveriesFailing;
import io.punctual.shared.contract.DeliveriesSettled;
import io.punctual.shared.events.EventReaders;
import io.punctual.shared.id.Ids;
import io.punctual.testing.Api;
import io.punctual.testing.ContractCheck;
import io.punctual.testing.ListedMeters;
import io.punctual.testing.RefusedChanges;
import io.punctual.testing.PunctualTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Promises from their start to their verdict, as events come and callers ask.
 */
@PunctualTest
class ClockStoryTests {

	private static final FakeLogs LOGS = new FakeLogs();

	private static final JsonMapper JSON = new JsonMapper();

	@Autowired
	private Api api;

	@Autowired
	private ContractCheck contract;

	@Autowired
	private EventReaders readers;

	@DynamicPropertySource
	static void sources(DynamicPropertyRegistry registry) {
		LOGS.serve(registry);
	}

	@Test
	void everyOperationIsImplemented() {
		this.contract.everyOperationIsImplemented("sla");
	}

	@Test
	void everyChangeThatIsRefusedIsInTheAudit() {
		assertThat(RefusedChanges.tryEach(this.api, "sla")).contains("POST /v1/clients/{clientId}/statements");
	}

	@Test
	void everyListedMeterIsThere(@Autowired MeterRegistry meters) {
		assertThat(ListedMeters.differences(meters, "sla")).isEmpty();
	}

	@Test
	void deliveredInTimeIsMetAndProven() {
		Said said = Said.with(Map.of(Objective.DELIVERY, Duration.ofMinutes(5), Objective.FIRST_UPDATE,
				Duration.ofMinutes(15), Objective.ACKNOWLEDGEMENT, Duration.ofMinutes(30)), false);
		Instant published = Instant.now();
		client(said);
		LOGS.append("notices", "notice.detected", said.noticeId(), said.detected(published.minusSeconds(60)));
		publish(said, published);
		LOGS.append("delivery", "deliveries.settled", said.endpointId(), said
			.settled(DeliveriesSettled.Outcome.DELIVERED, published.plusMillis(150), published.plusMillis(150)));
		JsonNode delivery = clock(said, "DELIVERY", "MET");
		assertThat(delivery.get("target").asString()).isEqualTo("PT5M");
		clock(said, "FIRST_UPDATE", "MET");
		clock(said, "ACKNOWLEDGEMENT", "RUNNING");
		LOGS.append("delivery", "obligation.acknowledged", said.obligationId(), said.acknowledged(Instant.now()));
		clock(said, "ACKNOWLEDGEMENT", "MET");
		JsonNode proof = Answers.get(this.api.provider(),
				"/v1/clocks/" + delivery.get("clockId").asString() + "/proof");
		recompute(proof);
		assertThat(proof.at("/elapsed/workingMillis").asLong()).isEqualTo(150);
		assertThat(proof.at("/stop/position").asLong()).isPositive();
		// Those that are due after midnight at a month's end belong to the next month.
		List<JsonNode> months = List.of("DELIVERY", "FIRST_UPDATE", "ACKNOWLEDGEMENT")
			.stream()
			.map((objective) -> YearMonth.parse(clock(said, objective, "MET").get("period").asString()))
			.distinct()
			.map((period) -> adherence(said, period))
			.toList();
		assertThat(months).flatExtracting((month) -> month.get("objectives").valueStream().toList())
			.hasSize(3)
			.allSatisfy((line) -> assertThat(line.get("ratio").asDouble()).isEqualTo(1.0));
		assertThat(months).allSatisfy((month) -> assertThat(month.get("misses").isEmpty()).isTrue());
	}

	@Test
	void settledBeforeOwedIsMet() {
		Said said = Said.with(Map.of(Objective.DELIVERY, Duration.ofMinutes(5)), false);
		Instant published = Instant.now();
		client(said);
		LOGS.append("delivery", "deliveries.settled", said.endpointId(),
				said.settled(DeliveriesSettled.Outcome.DELIVERED, published.plusMillis(90), published.plusMillis(90)));
		this.readers.of("delivery").pull();
		publish(said, published);
		clock(said, "DELIVERY", "MET");
	}

	@Test
	void notDeliveredIsAtRiskThenBreachedByWhoseFaultItIs() {
		Said theirs = Said.with(Map.of(Objective.DELIVERY, Duration.ofSeconds(3)), false);
		Said ours = Said.with(Map.of(Objective.DELIVERY, Duration.ofSeconds(3)), false);
		Instant published = Instant.now();
		for (Said said : List.of(theirs, ours)) {
			client(said);
			publish(said, published);
		}
		LOGS.append("delivery", "deliveries.failing", theirs.endpointId(),
				theirs.failing(DeliveriesFailing.Side.RECIPIENT, published.plusMillis(5)));
		JsonNode breached = clock(theirs, "DELIVERY", "BREACHED");
		assertThat(breached.get("attribution").asString()).isEqualTo("RECIPIENT");
		assertThat(clock(ours, "DELIVERY", "BREACHED").get("attribution").asString()).isEqualTo("PROVIDER");
		JsonNode adherence = adherence(theirs, YearMonth.parse(breached.get("period").asString()));
		assertThat(adherence.at("/objectives/0/excused").asInt()).isEqualTo(1);
		assertThat(adherence.at("/misses/0/counts").asBoolean()).isFalse();
		JsonNode proof = Answers.get(this.api.provider(),
				"/v1/clocks/" + breached.get("clockId").asString() + "/proof");
		recompute(proof);
		assertThat(proof.at("/verdicts/0/state").asString()).isEqualTo("AT_RISK");
		assertThat(proof.at("/verdicts/1/state").asString()).isEqualTo("BREACHED");
		String clock = "/v1/clocks/" + breached.get("clockId").asString();
		String read = Objects.requireNonNull(
				this.api.provider().get().uri(clock).exchange().returnResult().getResponseHeaders().getETag());
		LOGS.append("delivery", "deliveries.settled", theirs.endpointId(),
				theirs.settled(DeliveriesSettled.Outcome.DELIVERED, Instant.now(), Instant.now()));
		Answers.await(() -> Answers.get(this.api.provider(), clock).has("stoppedAt"));
		assertThat(read).isNotEqualTo(
				this.api.provider().get().uri(clock).exchange().returnResult().getResponseHeaders().getETag());
		clock(theirs, "DELIVERY", "BREACHED");
	}

	@Test
	void aSourceThatIsDownAtDueNeverBreaches() throws InterruptedException {
		Said said = Said.with(Map.of(Objective.DELIVERY, Duration.ofSeconds(2)), false);
		client(said);
		LOGS.down("delivery");
		try {
			Instant published = Instant.now();
			publish(said, published);
			clock(said, "DELIVERY", "RUNNING");
			Answers.await(() -> clock(said, "DELIVERY", null).get("evidencePending").asBoolean());
			Thread.sleep(1500);
			assertThat(clock(said, "DELIVERY", null).get("state").asString()).isEqualTo("RUNNING");
			// It arrived in time; only, nobody could say so.
			LOGS.append("delivery", "deliveries.settled", said.endpointId(), said
				.settled(DeliveriesSettled.Outcome.DELIVERED, published.plusSeconds(1), published.plusSeconds(1)));
		}
		finally {
			LOGS.up("delivery");
		}
		assertThat(clock(said, "DELIVERY", "MET").get("evidencePending").asBoolean()).isFalse();
	}

	@Test
	void aClientSeesItsOwnOnly() {
		Said mine = Said.with(Map.of(Objective.DELIVERY, Duration.ofMinutes(5)), false);
		Said other = Said.with(Map.of(Objective.DELIVERY, Duration.ofMinutes(5)), false);
		for (Said said : List.of(mine, other)) {
			client(said);
			publish(said, Instant.now());
		}
		String foreign = clock(other, "DELIVERY", "RUNNING").get("clockId").asString();
		clock(mine, "DELIVERY", "RUNNING");
		this.api.knowCredential("oauth-" + mine.clientId(), mine.clientId());
		RestTestClient client = this.api.client("oauth-" + mine.clientId());
		assertThat(Answers.get(client, "/v1/clocks").get("items").size()).isEqualTo(1);
		for (String path : List.of("/v1/clocks/" + foreign, "/v1/clocks/" + foreign + "/proof",
				"/v1/clocks?client=" + other.clientId(),
				"/v1/clients/" + other.clientId() + "/adherence?period=2026-09", "/v1/clocks/" + Ids.next("clk"))) {
			client.get().uri(path).exchange().expectStatus().isNotFound();
		}
	}

	@Test
	void pagesByKeyAndRefusesWhatIsWrong() {
		Said said = Said.with(
				Map.of(Objective.DELIVERY, Duration.ofMinutes(5), Objective.PERIODIC_UPDATE, Duration.ofMinutes(9)),
				false);
		client(said);
		publish(said, Instant.now());
		clock(said, "PERIODIC_UPDATE", "RUNNING");
		String path = "/v1/clocks?client=" + said.clientId() + "&limit=1";
		JsonNode first = Answers.get(this.api.provider(), path);
		JsonNode second = Answers.get(this.api.provider(), path + "&cursor=" + first.get("next").asString());
		assertThat(first.at("/items/0/objective").asString()).isEqualTo("DELIVERY");
		assertThat(second.at("/items/0/objective").asString()).isEqualTo("PERIODIC_UPDATE");
		assertThat(second.has("next")).isFalse();
		for (String wrong : List.of("/v1/clocks?cursor=forged", "/v1/clocks?limit=0",
				"/v1/clocks?dueBefore=%2B1000000000-01-01T00:00:00Z", "/v1/audit?from=-2026-01-01T00:00:00Z",
				"/v1/clients/" + said.clientId() + "/adherence?period=September",
				"/v1/clients/" + said.clientId() + "/adherence?period=%2B999999999-12")) {
			this.api.provider().get().uri(wrong).exchange().expectStatus().isEqualTo(422);
		}
	}

	private void client(Said said) {
		LOGS.append("clients", "client.upserted", said.clientId(), said.client(ClientUpserted.State.ACTIVE));
	}

	private static void publish(Said said, Instant at) {
		LOGS.append("notices", "update.published", said.noticeId(), said.published(at));
		LOGS.append("notices", "update.owed", said.noticeId(), said.owed(at));
	}

	private JsonNode clock(Said said, String objective, @Nullable String state) {
		String path = "/v1/clocks?client=" + said.clientId() + "&objective=" + objective
				+ ((state != null) ? "&state=" + state : "");
		Answers.await(() -> !Answers.get(this.api.provider(), path).get("items").isEmpty());
		return Answers.get(this.api.provider(), path).get("items").get(0);
	}

	private JsonNode adherence(Said said, YearMonth period) {
		return Answers.get(this.api.provider(), "/v1/clients/" + said.clientId() + "/adherence?period=" + period);
	}

	/** Anybody can do this with the proof alone. */
	private static void recompute(JsonNode proof) {
		CalendarDefinition definition = JSON.treeToValue(proof.at("/terms/calendar/definition"),
				CalendarDefinition.class);
		WorkingCalendar calendar = WorkingCalendar.of(definition);
		Instant start = Instant.parse(proof.at("/start/at").asString());
		Instant due = calendar.add(start, Duration.parse(proof.at("/due/target").asString()));
		assertThat(due).isEqualTo(proof.at("/clock/dueAt").asString()).isEqualTo(proof.at("/due/at").asString());
		Instant to = Instant.parse(proof.at("/elapsed/to").asString());
		assertThat(calendar.elapsed(start, to).toMillis()).isEqualTo(proof.at("/elapsed/workingMillis").asLong());
		if (proof.has("stop") && "MET".equals(proof.at("/clock/state").asString())) {
			assertThat(Instant.parse(proof.at("/stop/at").asString())).isBeforeOrEqualTo(due);
		}
	}

}
