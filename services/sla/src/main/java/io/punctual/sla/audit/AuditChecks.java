package io.punctual.sla.audit;

import java.util.List;

import io.punctual.shared.schema.SchemaCheck;
import io.punctual.shared.schema.UnsoundSchemaException;

import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a check of the schema looks at here: the audit's chains.
 */
class AuditChecks {

	@Bean
	SchemaCheck auditEntries(JdbcClient jdbc, JdbcTemplate batches) {
		AuditEntries entries = new AuditEntries(jdbc, batches);
		AuditVerifier verifier = new AuditVerifier(entries);
		return new SchemaCheck() {

			@Override
			public String what() {
				return "auditEntries";
			}

			@Override
			public long check() {
				List<String> findings = verifier.verify();
				if (!findings.isEmpty()) {
					throw new UnsoundSchemaException("The audit is not as it was written: " + findings.getFirst());
				}
				return entries.sources().stream().mapToLong((source) -> entries.end(source).entries()).sum();
			}

		};
	}

}
