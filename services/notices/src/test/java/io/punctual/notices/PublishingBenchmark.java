package io.punctual.notices;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.punctual.notices.support.NoticesTest;
import io.punctual.shared.id.Ids;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures how long publishing takes, over HTTP, for many clients. The README has the
 * command; it is no part of the build.
 */
class PublishingBenchmark extends NoticesTest {

	private static final Logger logger = LoggerFactory.getLogger(PublishingBenchmark.class);

	@Autowired
	private JdbcTemplate batches;

	@Test
	void publish() {
		measure(1000, 200);
		measure(10_000, 20);
	}

	private void measure(int clients, int times) {
		String component = this.world.component("c" + clients);
		hear();
		entitle(component, clients);
		String notice = publish("Down", component).noticeId();
		for (int i = 0; i < 20; i++) {
			say(notice, Map.of("text", "Still so.")).is(201);
		}
		long[] nanos = new long[times];
		for (int i = 0; i < times; i++) {
			long start = System.nanoTime();
			Answer answer = say(notice, Map.of("text", "Still so."));
			nanos[i] = System.nanoTime() - start;
			assertThat(answer.is(201).body().path("owed").asInt()).isEqualTo(clients);
		}
		Arrays.sort(nanos);
		double p50 = nanos[times / 2] / 1e6;
		double p99 = nanos[Math.min(times - 1, times * 99 / 100)] / 1e6;
		logger.warn("publish to {} clients: p50 {} ms, p99 {} ms, {} µs for each client", clients, p50, p99,
				p50 * 1000 / clients);
	}

	private void entitle(String component, int clients) {
		Map<String, Object> terms = this.world.agreement("Gold", "PT1M");
		this.jdbc.sql("INSERT INTO agreement_version (agreement_id, version, terms) VALUES (?, 1, ?)")
			.params(terms.get("agreementId"), JsonMapper.shared().writeValueAsString(terms))
			.update();
		LocalDateTime since = LocalDateTime.now(ZoneOffset.UTC).minusHours(1);
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < clients; i++) {
			ids.add(Ids.next("cli"));
		}
		insert("INSERT INTO client (client_id, name, state) VALUES (?, 'x', 'ACTIVE')", ids, List.of());
		insert("INSERT INTO entitlement (client_id, component_id, effective_at) VALUES (?, ?, ?)", ids,
				List.of(component, since));
		insert("INSERT INTO client_agreement (client_id, effective_at, agreement_id, version) VALUES (?, ?, ?, 1)", ids,
				List.of(since, terms.get("agreementId")));
		this.batches.batchUpdate("INSERT INTO endpoint (client_id, endpoint_id, state) VALUES (?, ?, 'VERIFIED')", ids,
				1000, (statement, id) -> {
					statement.setString(1, id);
					statement.setString(2, Ids.next("end"));
				});
	}

	private void insert(String sql, List<String> ids, List<Object> rest) {
		this.batches.batchUpdate(sql, ids, 1000, (statement, id) -> {
			statement.setString(1, id);
			for (int i = 0; i < rest.size(); i++) {
				statement.setObject(i + 2, rest.get(i));
			}
		});
	}

}
