package io.punctual.sla.statement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.punctual.shared.schema.SchemaCheck;
import io.punctual.shared.schema.UnsoundSchemaException;
import tools.jackson.core.JacksonException;

import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a check of the schema looks at here: every statement of every chain, its hash, its
 * signature and what it comes to, and that no chain is cut.
 */
class StatementChecks {

	private static final int PAGE = 20;

	@Bean
	SchemaCheck statements(JdbcClient jdbc) {
		return new SchemaCheck() {

			@Override
			public String what() {
				return "statements";
			}

			@Override
			public long check() {
				try {
					return verify(jdbc);
				}
				catch (StatementFault ex) {
					throw new UnsoundSchemaException(String.valueOf(ex.getMessage()));
				}
				catch (JacksonException ex) {
					throw new UnsoundSchemaException("A statement cannot be read: " + ex.getOriginalMessage());
				}
			}

		};
	}

	private static long verify(JdbcClient jdbc) {
		Map<String, String> keys = new HashMap<>();
		jdbc.sql("SELECT key_id, public_key FROM statement_key").query((row) -> {
			keys.put(row.getString(1), row.getString(2));
		});
		Map<String, String> ends = new HashMap<>();
		jdbc.sql("SELECT client_id, statements, hash FROM statement_chain WHERE statements > 0").query((row) -> {
			ends.put(row.getString(1), row.getString(2) + " " + row.getString(3));
		});
		Statements statements = new Statements(jdbc);
		StatementVerifier verifier = new StatementVerifier(keys);
		long count = 0;
		String client = "";
		long number = 0;
		List<Signed> page = statements.after(client, number, PAGE);
		while (!page.isEmpty()) {
			for (Signed statement : page) {
				if (!statement.clientId().equals(client)) {
					requireEnd(ends, client, number, verifier);
					verifier = new StatementVerifier(keys);
					client = statement.clientId();
				}
				requireRow(statement, verifier.next(SignedStatement.of(statement)));
				number = statement.number();
				count++;
			}
			page = statements.after(client, number, PAGE);
		}
		requireEnd(ends, client, number, verifier);
		ends.keySet().stream().findFirst().ifPresent((missing) -> {
			throw new UnsoundSchemaException("The statements of %s are gone".formatted(missing));
		});
		return count;
	}

	private static void requireRow(Signed row, Statement document) {
		if (!document.clientId().equals(row.clientId()) || !document.period().equals(row.period())
				|| document.number() != row.number() || !document.previousHash().equals(row.previousHash())) {
			throw new StatementFault(document, "is kept as another one");
		}
	}

	private static void requireEnd(Map<String, String> ends, String client, long number, StatementVerifier verifier) {
		String end = ends.remove(client);
		if (!client.isEmpty() && !(number + " " + verifier.end()).equals(end)) {
			throw new UnsoundSchemaException(
					"The statements of %s do not end with number %d".formatted(client, number));
		}
	}

}
