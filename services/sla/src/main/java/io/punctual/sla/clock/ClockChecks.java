package io.punctual.sla.clock;

import java.util.List;

import io.punctual.shared.schema.SchemaCheck;
import io.punctual.shared.schema.UnsoundSchemaException;

import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a check of the schema looks at here: every verdict on a clock is on record.
 */
class ClockChecks {

	private static final int PAGE = 2000;

	@Bean
	SchemaCheck clocks(JdbcClient jdbc) {
		return new SchemaCheck() {

			@Override
			public String what() {
				return "clocks";
			}

			@Override
			public long check() {
				long count = 0;
				List<Verdict> page = after(jdbc, "");
				while (!page.isEmpty()) {
					page.stream().filter((one) -> !one.recorded()).findFirst().ifPresent((one) -> {
						throw new UnsoundSchemaException(
								"No record says how %s came to be %s".formatted(one.clockId(), one.state()));
					});
					count += page.size();
					page = after(jdbc, page.getLast().clockId());
				}
				return count;
			}

		};
	}

	private static List<Verdict> after(JdbcClient jdbc, String clockId) {
		return jdbc.sql("""
				SELECT c.clock_id, c.state, (c.state = 'RUNNING' OR t.clock_id IS NOT NULL) AS recorded FROM clock c
				LEFT JOIN clock_transition t ON t.clock_id = c.clock_id AND t.state = c.state
				WHERE c.clock_id > ? ORDER BY c.clock_id LIMIT\s""" + PAGE)
			.param(clockId)
			.query((row, number) -> new Verdict(row.getString(1), row.getString(2), row.getBoolean(3)))
			.list();
	}

	private record Verdict(String clockId, String state, boolean recorded) {
	}

}
