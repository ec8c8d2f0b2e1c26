package io.punctual.sla.statement;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import io.punctual.shared.contract.DeliveriesFailing;
import io.punctual.shared.events.EventReaders;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.sla.FakeLogs;
import io.punctual.sla.Said;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Availability and credits in statements, from what was said to what somebody computes
 * again.
 */
@PunctualTest(properties = "punctual.statements.look=-")
class StatedFiguresTests {

	private static final FakeLogs LOGS = new FakeLogs();

	@Autowired
	private Api api;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private MonthEnd monthEnd;

	@Autowired
	private EventReaders readers;

	private KeptStatements kept;

	@DynamicPropertySource
	static void sources(DynamicPropertyRegistry registry) {
		LOGS.serve(registry);
		Path keys = Story.keyFile();
		registry.add("punctual.secrets.key-file", keys::toString);
	}

	@BeforeEach
	void keep(@TempDir Path folder) {
		this.kept = new KeptStatements(this.api, folder);
	}

	@Test
	void aMonthIsStatedWithItsAvailabilityAndWhatItIsCreditedWith() throws IOException {
		Said said = FiguresStory.client(LOGS, FiguresStory.CREDITS);
		String component = FiguresStory.use(LOGS, said);
		FiguresStory.outage(LOGS, component, Story.PUBLISHED, Story.PUBLISHED,
				Story.PUBLISHED.plus(Duration.ofHours(2)));
		FiguresStory.missDelivery(LOGS, this.jdbc, said);
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
		assertThat(this.kept.verify(chain)).isZero();
		KeptStatements.comesOutOtherwise(document, "comes to another availability",
				(changed) -> KeptStatements.at(changed, "/availability/components/0/measured")
					.put("unavailableMicros", 1));
		KeptStatements.comesOutOtherwise(document, "comes to another availability",
				(changed) -> KeptStatements.at(changed, "/availability/components/0/facts")
					.set("impairments", KeptStatements.JSON.createArrayNode()));
		KeptStatements.comesOutOtherwise(document, "measures another time",
				(changed) -> KeptStatements.at(changed, "/availability/components/0/facts")
					.put("to", Story.PUBLISHED.toString()));
		KeptStatements.comesOutOtherwise(document, "comes to other credits",
				(changed) -> KeptStatements.at(changed, "/credits/granted/0").put("amountMinor", 52_001));
		KeptStatements.comesOutOtherwise(document, "comes to other credits",
				(changed) -> KeptStatements.at(changed, "/credits")
					.set("granted", KeptStatements.JSON.createArrayNode()));
	}

	@Test
	void whatBecomesKnownLaterAdjustsTheAvailabilityAndTheCreditOfTheMonthBefore() throws IOException {
		Said said = FiguresStory.client(LOGS, FiguresStory.CREDITS);
		String component = FiguresStory.use(LOGS, said);
		FiguresStory.missDelivery(LOGS, this.jdbc, said);
		settle();
		this.kept.close(said, Story.MONTH.toString(), 201);
		JsonNode first = this.kept.of(said).getFirst();
		assertThat(first.at("/document/credits/granted/0/amountMinor").asLong()).isEqualTo(2_000);
		// Said two days after the month's end, known an hour before it.
		Instant end = Story.MONTH.plusMonths(1).atDay(1).atStartOfDay(ZoneId.of("Europe/London")).toInstant();
		Instant known = end.plus(Duration.ofDays(2));
		FiguresStory.outage(LOGS, component, end.minus(Duration.ofHours(1)), known, known.plusSeconds(1));
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
		assertThat(this.kept.verify(chain)).isZero();
		KeptStatements.comesOutOtherwise(second, "another difference",
				(changed) -> KeptStatements.at(changed, "/credits/adjustments/0").put("differenceMinor", 1));
		KeptStatements.comesOutOtherwise(second, "comes to another availability",
				(changed) -> KeptStatements.at(changed, "/availability/adjustments/0/now/measured")
					.put("committedMillis", 1));
	}

	@Test
	void aMonthInWhichTheServiceWasUpgradedIsStatedFromThenOn() throws IOException {
		Said said = FiguresStory.client(LOGS, FiguresStory.CREDITS);
		FiguresStory.use(LOGS, said);
		Instant since = Story.MONTH.atDay(20).atStartOfDay().toInstant(ZoneOffset.UTC);
		knownSince(since);
		List<JsonNode> chain;
		try {
			chain = close(said);
		}
		finally {
			knownSince(Instant.EPOCH);
		}
		JsonNode document = chain.getFirst().get("document");
		assertThat(document.at("/availability/countedFrom").asString()).isEqualTo(since.toString());
		Instant end = Story.MONTH.plusMonths(1).atDay(1).atStartOfDay(ZoneId.of("Europe/London")).toInstant();
		assertThat(document.at("/availability/components/0/measured/committedMillis").asLong())
			.isEqualTo(Duration.between(since, end).toMillis());
		assertThat(chain.get(1).at("/document/availability").has("countedFrom")).isFalse();
		assertThat(this.kept.verify(chain)).isZero();
		KeptStatements.comesOutOtherwise(document, "commits a time of which it says that it is not known",
				(changed) -> KeptStatements.at(changed, "/availability")
					.put("countedFrom", since.plusSeconds(1).toString()));
	}

	@Test
	void whoeverUsesSomethingUnderAnAgreementIsStatedThoughNothingHappened() throws IOException {
		Said said = FiguresStory.client(LOGS, null);
		FiguresStory.use(LOGS, said);
		List<JsonNode> chain = close(said);
		assertThat(chain).hasSizeGreaterThanOrEqualTo(3);
		assertThat(chain.getFirst().at("/document/period").asString()).isEqualTo(Story.MONTH.toString());
		assertThat(chain.getFirst().at("/document/clocks").isEmpty()).isTrue();
		assertThat(chain.getFirst().at("/document/terms/0/name").asString()).isEqualTo("Gold");
		assertThat(this.kept.verify(chain)).isZero();
	}

	private void knownSince(Instant since) {
		this.jdbc.sql("UPDATE availability_since SET since = ?").param(DatabaseTime.toColumn(since)).update();
	}

	private void settle() {
		List.of("clients", "notices", "delivery").forEach((source) -> this.readers.of(source).pull());
	}

	private List<JsonNode> close(Said said) {
		settle();
		this.monthEnd.closeAll();
		return this.kept.of(said);
	}

}
