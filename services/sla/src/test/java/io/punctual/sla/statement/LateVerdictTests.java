package io.punctual.sla.statement;

import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.punctual.shared.contract.DeliveriesFailing;
import io.punctual.shared.events.EventReaders;
import io.punctual.shared.transaction.Transactions;
import io.punctual.sla.FakeLogs;
import io.punctual.sla.Said;
import io.punctual.testing.PunctualTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Evidence that comes while a month is being closed.
 */
@PunctualTest(properties = "punctual.statements.look=-")
class LateVerdictTests {

	private static final FakeLogs LOGS = new FakeLogs();

	private static final AtomicReference<@Nullable Runnable> MEANWHILE = new AtomicReference<>();

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private EventReaders readers;

	@Autowired
	private Closing closing;

	@Autowired
	private Transactions transactions;

	@DynamicPropertySource
	static void sources(DynamicPropertyRegistry registry) {
		LOGS.serve(registry);
		registry.add("punctual.secrets.key-file", Story.keyFile()::toString);
	}

	@Test
	void aMissThatBecomesTheRecipientsOwnWhileAMonthIsClosedIsTheNextStatementsToCredit() {
		Said said = missedDelivery();
		Statement first = close(said, Story.MONTH);
		assertThat(credits(first).granted().getFirst().amountMinor()).isEqualTo(2_000);
		MEANWHILE.set(() -> recipientIsToBlame(said));
		Statement second = close(said, Story.MONTH.plusMonths(1));
		assertThat(MEANWHILE).as("it came in between").hasNullValue();
		assertThat(second.adjustments()).isEmpty();
		assertThat(credits(second).adjustments()).isEmpty();
		Statement third = close(said, Story.MONTH.plusMonths(2));
		assertThat(third.adjustments()).singleElement()
			.satisfies((one) -> assertThat(one.clock().result()).isEqualTo(Statement.Result.EXCUSED));
		assertThat(credits(third).adjustments()).singleElement()
			.satisfies((one) -> assertThat(one.differenceMinor()).isEqualTo(-2_000));
	}

	private Said missedDelivery() {
		Said said = FiguresStory.client(LOGS, FiguresStory.CREDITS);
		FiguresStory.missDelivery(LOGS, this.jdbc, said);
		List.of("clients", "notices", "delivery").forEach((source) -> this.readers.of(source).pull());
		return said;
	}

	/** Returns once the clock says so, to everybody. */
	private void recipientIsToBlame(Said said) {
		LOGS.append("delivery", "deliveries.failing", said.endpointId(),
				said.failing(DeliveriesFailing.Side.RECIPIENT, Story.PUBLISHED.plusSeconds(1)));
		Story.awaitAttribution(this.jdbc, said, "RECIPIENT");
	}

	private static StatedCredits credits(Statement statement) {
		return Objects.requireNonNull(statement.credits());
	}

	/** What is closed comes out again, whatever has come in between. */
	private Statement close(Said said, YearMonth period) {
		assertThat(this.transactions.write(() -> this.closing.close(said.clientId(), period))).isEmpty();
		String document = this.jdbc.sql("SELECT document FROM statement WHERE client_id = ? AND period = ?")
			.params(said.clientId(), period.toString())
			.query(String.class)
			.single();
		Statement statement = CanonicalJson.as(CanonicalJson.read(document), Statement.class);
		Recomputation.of(statement);
		return statement;
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Interrupted {

		/** Closing has read the clocks by now, and not yet what months before come to. */
		@Bean
		@Primary
		SaidFigures interrupted(JdbcClient jdbc, JdbcTemplate batches) {
			return new SaidFigures(jdbc, batches) {
				@Override
				List<String> periods(String clientId, int limit) {
					Runnable meanwhile = MEANWHILE.getAndSet(null);
					if (meanwhile != null) {
						meanwhile.run();
					}
					return super.periods(clientId, limit);
				}
			};
		}

	}

}
