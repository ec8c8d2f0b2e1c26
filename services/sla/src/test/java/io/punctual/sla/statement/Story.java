package io.punctual.sla.statement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.ClientUpserted;
import io.punctual.shared.contract.DeliveriesSettled;
import io.punctual.sla.Answers;
import io.punctual.sla.FakeLogs;
import io.punctual.sla.Said;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What happened months ago, as the logs tell it.
 */
final class Story {

	/** The last but two, so that three months have settled by now. */
	static final YearMonth MONTH = YearMonth.now(ZoneOffset.UTC).minusMonths(4);

	static final Instant PUBLISHED = MONTH.atDay(10).atTime(10, 0).toInstant(ZoneOffset.UTC);

	static final Duration TARGET = Duration.ofMinutes(5);

	private Story() {
	}

	static Path keyFile() {
		try {
			Path file = Files.createTempFile("secrets", ".key");
			return Files.writeString(file, "1=" + Base64.getEncoder().encodeToString(new byte[32]));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A client to whom an update was delivered in time. */
	static Said kept(FakeLogs logs, JdbcClient jdbc) {
		Said said = broken(logs);
		settle(logs, said, PUBLISHED.plusMillis(1_250));
		awaitState(jdbc, said, "MET");
		return said;
	}

	/** A client to whom an update was not delivered. */
	static Said missed(FakeLogs logs, JdbcClient jdbc) {
		Said said = broken(logs);
		awaitState(jdbc, said, "BREACHED");
		return said;
	}

	static void settle(FakeLogs logs, Said said, Instant at) {
		logs.append("delivery", "deliveries.settled", said.endpointId(),
				said.settled(DeliveriesSettled.Outcome.DELIVERED, at, at));
	}

	static void awaitState(JdbcClient jdbc, Said said, String state) {
		awaitClock(jdbc, said, "state", state);
	}

	static void awaitAttribution(JdbcClient jdbc, Said said, String attribution) {
		awaitClock(jdbc, said, "attribution", attribution);
	}

	private static void awaitClock(JdbcClient jdbc, Said said, String column, String value) {
		Answers.await(() -> jdbc
			.sql("SELECT COUNT(*) FROM clock c JOIN client k ON k.client_id = c.client_id"
					+ " WHERE c.client_id = ? AND c." + column + " = ?")
			.params(said.clientId(), value)
			.query(Long.class)
			.single() > 0);
	}

	private static Said broken(FakeLogs logs) {
		Said said = Said.with(Map.of(Objective.DELIVERY, TARGET), false);
		logs.append("clients", "client.upserted", said.clientId(), said.client(ClientUpserted.State.ACTIVE));
		logs.append("notices", "update.published", said.noticeId(), said.published(PUBLISHED));
		logs.append("notices", "update.owed", said.noticeId(), said.owed(PUBLISHED));
		return said;
	}

}
