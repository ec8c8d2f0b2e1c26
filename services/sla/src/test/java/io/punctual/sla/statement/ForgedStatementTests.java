package io.punctual.sla.statement;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import io.punctual.shared.contract.DeliveriesFailing;
import io.punctual.shared.events.EventReaders;
import io.punctual.sla.FakeLogs;
import io.punctual.sla.Said;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Chains in which every hash and every signature is right, and which speak of something
 * else than was said before: whoever has the statements before finds it.
 */
@PunctualTest(properties = "punctual.statements.look=-")
@ExtendWith(OutputCaptureExtension.class)
class ForgedStatementTests {

	private static final FakeLogs LOGS = new FakeLogs();

	/** A client's chain whose second statement adjusts a clock, a figure and a credit. */
	private static @Nullable List<JsonNode> chain;

	private KeptStatements kept;

	@DynamicPropertySource
	static void sources(DynamicPropertyRegistry registry) {
		LOGS.serve(registry);
		registry.add("punctual.secrets.key-file", Story.keyFile()::toString);
	}

	@BeforeEach
	void close(@Autowired Api api, @Autowired JdbcClient jdbc, @Autowired EventReaders readers,
			@Autowired MonthEnd monthEnd, @TempDir Path folder) {
		this.kept = new KeptStatements(api, folder);
		if (chain != null) {
			return;
		}
		Said said = FiguresStory.client(LOGS, FiguresStory.CREDITS);
		String component = FiguresStory.use(LOGS, said);
		FiguresStory.missDelivery(LOGS, jdbc, said);
		settle(readers);
		this.kept.close(said, Story.MONTH.toString(), 201);
		Instant end = Story.MONTH.plusMonths(1).atDay(1).atStartOfDay(ZoneId.of("Europe/London")).toInstant();
		Instant known = end.plus(Duration.ofDays(2));
		FiguresStory.outage(LOGS, component, end.minus(Duration.ofHours(1)), known, known.plusSeconds(1));
		LOGS.append("delivery", DeliveriesFailing.TYPE, said.endpointId(),
				said.failing(DeliveriesFailing.Side.RECIPIENT, Story.PUBLISHED.plusSeconds(1)));
		settle(readers);
		Story.awaitAttribution(jdbc, said, "RECIPIENT");
		monthEnd.closeAll();
		chain = this.kept.of(said);
	}

	@Test
	void theSameChainSignedBySomebodyElseIsSound() throws IOException {
		JsonNode second = chain().get(1).get("document");
		assertThat(second.at("/adjustments/0/before/state").asString()).isEqualTo("BREACHED");
		assertThat(second.at("/availability/adjustments/0/before/number").asInt()).isEqualTo(1);
		assertThat(second.at("/credits/adjustments/0/before/credit/amountMinor").asLong()).isEqualTo(2_000);
		ForgedChain same = new ForgedChain(chain(), 2, (document) -> {
		});
		assertThat(this.kept.verify(same.keys(), same.statements())).isZero();
		assertThat(this.kept.verify(chain())).isZero();
	}

	@Test
	void aClockThatIsSaidToHaveBeenOtherwiseIsFound(CapturedOutput output) throws IOException {
		isFound(output, "adjusts what was not said before: of clk_",
				(document) -> KeptStatements.at(document, "/adjustments/0/before")
					.put("stoppedAt", Story.PUBLISHED.plusSeconds(600).toString()));
	}

	@Test
	void aClockThatIsSaidToBeNewIsFound(CapturedOutput output) throws IOException {
		isFound(output, "and there was Before[number=1, state=BREACHED", (document) -> {
			KeptStatements.at(document, "/adjustments/0").remove("before");
			// As if there had been no credit for it either: both lies together come out.
			KeptStatements.at(document, "/credits/adjustments/0").remove("before");
			KeptStatements.at(document, "/credits/adjustments/0")
				.put("differenceMinor", document.at("/credits/adjustments/0/now/amountMinor").asLong());
		});
	}

	@Test
	void anAvailabilityThatIsSaidToHaveBeenOtherwiseIsFound(CapturedOutput output) throws IOException {
		isFound(output, "adjusts what was not said before: of cmp_",
				(document) -> KeptStatements.at(document, "/availability/adjustments/0/before")
					.put("unavailableMicros", 1));
	}

	@Test
	void aCreditThatIsSaidToHaveBeenLessIsFound(CapturedOutput output) throws IOException {
		isFound(output, "adjusts what was not said before: of agr_", (document) -> {
			KeptStatements.at(document, "/credits/adjustments/0/before/credit").put("amountMinor", 1_000);
			KeptStatements.at(document, "/credits/adjustments/0")
				.put("differenceMinor", document.at("/credits/adjustments/0/now/amountMinor").asLong() - 1_000);
		});
	}

	@Test
	void aCreditThatIsSaidToBeNewIsFoundThoughItsAmountsAreRight(CapturedOutput output) throws IOException {
		isFound(output, "adjusts what was not said before: of agr_", (document) -> {
			KeptStatements.at(document, "/credits/adjustments/0").remove("before");
			KeptStatements.at(document, "/credits/adjustments/0")
				.put("differenceMinor", document.at("/credits/adjustments/0/now/amountMinor").asLong());
		});
	}

	@Test
	void whatWasSaidByNoStatementOrALaterOneIsFound(CapturedOutput output) throws IOException {
		isFound(output, "number=2, state=BREACHED",
				(document) -> KeptStatements.at(document, "/adjustments/0/before").put("number", 2));
	}

	@Test
	void aMissThatIsAdjustedTwiceIsFound(CapturedOutput output) throws IOException {
		isFound(output, "adjusts what was not said before: of clk_", (document) -> {
			ArrayNode adjustments = (ArrayNode) document.get("adjustments");
			adjustments.add(adjustments.get(0).deepCopy());
			// Twice excused, it would be credited less.
			KeptStatements.at(document, "/credits").putArray("adjustments");
		});
	}

	@Test
	void whoeverHasOneStatementOnlyIsToldWhatCouldNotBeCompared(CapturedOutput output) throws IOException {
		assertThat(this.kept.verify(List.of(chain().get(1)))).isZero();
		assertThat(output).contains("3 adjustments of number 2 could not be compared with what was said before",
				"in statements before number 2, which were not given");
		ForgedChain forged = new ForgedChain(chain(), 2,
				(document) -> KeptStatements.at(document, "/availability/adjustments/0/before")
					.put("unavailableMicros", 1));
		assertThat(this.kept.verify(forged.keys(), List.of(forged.statements().get(1))))
			.as("nobody can see it in this one alone")
			.isZero();
	}

	@Test
	void whoeverHasTheStatementBeforeIsToldThatItWasCompared(CapturedOutput output) throws IOException {
		assertThat(this.kept.verify(chain().subList(0, 2))).isZero();
		assertThat(output).contains("3 adjustments of number 2 begin with what was said before")
			.doesNotContain("could not be compared");
	}

	private void isFound(CapturedOutput output, String how, Consumer<JsonNode> change) throws IOException {
		ForgedChain forged = new ForgedChain(chain(), 2, change);
		assertThat(this.kept.verify(forged.keys(), forged.statements())).isEqualTo(1);
		assertThat(output).contains(how);
	}

	private static List<JsonNode> chain() {
		return Objects.requireNonNull(chain);
	}

	private static void settle(EventReaders readers) {
		List.of("clients", "notices", "delivery").forEach((source) -> readers.of(source).pull());
	}

}
