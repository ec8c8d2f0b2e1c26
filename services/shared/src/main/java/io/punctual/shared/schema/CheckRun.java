package io.punctual.shared.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes all checks on one view of the schema, up to the first fault.
 */
class CheckRun {

	private final List<SchemaCheck> checks;

	private final TransactionTemplate transaction;

	CheckRun(List<SchemaCheck> checks, PlatformTransactionManager transactionManager) {
		this.checks = checks;
		this.transaction = new TransactionTemplate(transactionManager);
		this.transaction.setReadOnly(true);
		this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
	}

	CheckReport run() {
		Map<String, Long> checked = new LinkedHashMap<>();
		try {
			this.transaction
				.executeWithoutResult((status) -> this.checks.forEach((one) -> checked.put(one.what(), count(one))));
			return CheckReport.sound(checked);
		}
		catch (UnsoundSchemaException ex) {
			return CheckReport.unsound(checked, String.valueOf(ex.getMessage()));
		}
	}

	private static long count(SchemaCheck check) {
		try {
			return check.check();
		}
		catch (BadSqlGrammarException ex) {
			throw new UnsoundSchemaException(
					check.what() + " cannot be read: " + ex.getMostSpecificCause().getMessage());
		}
	}

}
