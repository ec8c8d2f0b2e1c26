package io.punctual.delivery.log;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.punctual.delivery.DeliveryClock;
import io.punctual.shared.id.Ids;
import io.punctual.shared.release.WorkGate;
import io.punctual.shared.transaction.Transactions;
import io.punctual.testing.PunctualTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@PunctualTest(properties = "punctual.delivery.bodies.removal=-")
class BodyRemovalTests {

	@Autowired
	private BodyRemoval removal;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private JdbcTemplate batches;

	@Autowired
	private Transactions transactions;

	@Autowired
	private MeterRegistry meters;

	@BeforeEach
	void forget() {
		this.jdbc.sql("DELETE FROM attempt").update();
		this.jdbc.sql("UPDATE body_removal SET reached = ''").update();
	}

	@Test
	void removesTheBodyAfterNinetyDaysAndLeavesTheRest() {
		String old = attempt(Duration.ofDays(90).plusHours(1));
		String young = attempt(Duration.ofDays(90).minusHours(1));
		double before = removed();
		this.removal.work();
		assertThat(bodies()).isEqualTo(1);
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM attempt WHERE attempt_id = ? AND response_body IS NOT NULL")
			.param(young)
			.query(Integer.class)
			.single()).isEqualTo(1);
		assertThat(this.jdbc.sql("SELECT response_headers FROM attempt WHERE attempt_id = ?")
			.param(old)
			.query(String.class)
			.single()).isEqualTo("X: 1");
		assertThat(removed() - before).isEqualTo(1);
	}

	@Test
	void goesOnBatchByBatchFromWhereItWas() {
		attempts(IntStream.range(0, 2 * BodyRemoval.BATCH + 7)
			.mapToObj((i) -> Duration.ofDays(100).minusSeconds(i))
			.toList());
		this.removal.work();
		assertThat(bodies()).isZero();
		String reached = reached();
		assertThat(this.jdbc.sql("SELECT MAX(attempt_id) FROM attempt").query(String.class).single())
			.isEqualTo(reached);
		String next = attempt(Duration.ofDays(95));
		this.removal.work();
		assertThat(bodies()).isZero();
		assertThat(reached()).isEqualTo(next);
	}

	@Test
	void leavesItToWhoeverIsAtIt() {
		attempt(Duration.ofDays(100));
		this.transactions.write(() -> {
			this.jdbc.sql("SELECT reached FROM body_removal FOR UPDATE").query(String.class).single();
			Thread other = Thread.startVirtualThread(this.removal::work);
			join(other);
		});
		assertThat(bodies()).isEqualTo(1);
		this.removal.work();
		assertThat(bodies()).isZero();
	}

	@Test
	void aReleaseThatMayNotWorkRemovesNothing(@Autowired DeliveryClock clock, @Autowired BodyProperties properties) {
		attempt(Duration.ofDays(100));
		WorkGate closed = new WorkGate() {

			@Override
			public boolean isOpen() {
				return false;
			}

			@Override
			public boolean isTrusted() {
				return true;
			}

		};
		new BodyRemoval(this.jdbc, this.transactions, properties, clock, closed, this.meters).work();
		assertThat(bodies()).isEqualTo(1);
	}

	private String attempt(Duration age) {
		return attempts(List.of(age)).getFirst();
	}

	private List<String> attempts(List<Duration> ages) {
		// As they would have been made then: time first, then what makes them unique.
		List<String> ids = ages.stream()
			.map((age) -> Ids.least("att", Instant.now().minus(age)).substring(0, 14) + Ids.next("att").substring(14))
			.toList();
		this.batches.batchUpdate(
				"""
						INSERT INTO attempt (attempt_id, delivery_id, number, started_at, ended_at, url, request_sha256,
						  response_headers, response_body, correlation_id)
						VALUES (?, 'dlv_1', 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), 'https://receiver.example/', '', 'X: 1', 'a body',
						  'cor_1')""",
				ids.stream().map((id) -> new Object[] { id }).toList());
		return ids;
	}

	private int bodies() {
		return this.jdbc.sql("SELECT COUNT(*) FROM attempt WHERE response_body IS NOT NULL")
			.query(Integer.class)
			.single();
	}

	private String reached() {
		return this.jdbc.sql("SELECT reached FROM body_removal").query(String.class).single();
	}

	private double removed() {
		return this.meters.get("punctual.response_bodies.removed").counter().count();
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
