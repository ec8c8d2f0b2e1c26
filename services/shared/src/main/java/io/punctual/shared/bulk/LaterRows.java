package io.punctual.shared.bulk;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Rows that nobody asks for in the transaction that adds them: they are written at its
 * end, before the positions of its events are taken, all rows of a table in one
 * statement. Who asks for rows all the same has them written before.
 */
public class LaterRows {

	private final JdbcTemplate jdbc;

	public LaterRows(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Add rows.
	 * @param subject what they are about
	 * @param insert the statement, one place for each value
	 * @param rows their values
	 */
	public void add(String subject, String insert, List<? extends @Nullable Object[]> rows) {
		Pending pending = present();
		if (pending == null) {
			pending = new Pending();
			TransactionSynchronizationManager.registerSynchronization(pending);
		}
		pending.subjects.add(subject);
		pending.rows.computeIfAbsent(insert, (key) -> new ArrayList<>()).addAll(rows);
	}

	/**
	 * Write what was added in the present transaction, if any of it is about a subject.
	 * @param subject what is going to be asked for
	 */
	public void writeIfAbout(String subject) {
		Pending pending = present();
		if (pending != null && pending.subjects.contains(subject)) {
			pending.write();
		}
	}

	private @Nullable Pending present() {
		for (TransactionSynchronization synchronization : TransactionSynchronizationManager.getSynchronizations()) {
			if (synchronization instanceof Pending pending && pending.isOf(this)) {
				return pending;
			}
		}
		return null;
	}

	/** What one transaction has still to write. */
	private final class Pending implements TransactionSynchronization, Ordered {

		private final Set<String> subjects = new HashSet<>();

		private final Map<String, List<@Nullable Object[]>> rows = new LinkedHashMap<>();

		private boolean isOf(LaterRows rows) {
			return LaterRows.this == rows;
		}

		private void write() {
			this.rows.forEach(LaterRows.this.jdbc::batchUpdate);
			this.rows.clear();
			this.subjects.clear();
		}

		/** Before the log, which comes last of all. */
		@Override
		public int getOrder() {
			return Ordered.LOWEST_PRECEDENCE - 1;
		}

		@Override
		public void beforeCommit(boolean readOnly) {
			write();
		}

	}

}
