package io.punctual.sla;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import io.punctual.testing.Instance;
import io.punctual.testing.SchemaContract;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaTests extends SchemaContract {

	@Override
	protected Class<?> application() {
		return SlaApplication.class;
	}

	@Override
	protected void worksWithTheDataOfRelease1(Instance service) {
		HttpResponse<String> answer = service.get("/v1/clocks/clk_00000000000000000000000001");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(answer.body()).contains("\"dueAt\":\"2026-09-03T08:01:01.000007Z\"");
	}

	@Override
	protected Map<String, Long> checked() {
		return Map.of("clocks", 1L, "auditEntries", 0L, "statements", 0L);
	}

	@Override
	protected List<Fault> faults() {
		return List.of(
				new Fault("UPDATE clock SET state = 'BREACHED'", "UPDATE clock SET state = 'MET'",
						"clk_00000000000000000000000001 came to be BREACHED"),
				new Fault("INSERT INTO audit_chain (source, entries, hash) VALUES ('notices', 1, REPEAT('a', 64))",
						"DELETE FROM audit_chain", "notices has no entry after number 0"),
				new Fault(
						"INSERT INTO statement_chain (client_id, statements, hash) VALUES ('cli_1', 1, REPEAT('a', 64))",
						"DELETE FROM statement_chain", "The statements of cli_1 are gone"));
	}

}
