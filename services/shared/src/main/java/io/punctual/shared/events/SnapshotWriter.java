package io.punctual.shared.events;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import javax.sql.DataSource;

import io.punctual.shared.observability.Correlation;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes the present state and the position that it is of, as lines of JSON: a head, the
 * events, and an end with their number, by which a reader knows that nothing is missing.
 */
class SnapshotWriter {

	private final DataSource dataSource;

	private final LogTables tables;

	private final TransactionTemplate repeatableRead;

	private final List<SnapshotSource> sources;

	private final String source;

	/** One at a time: each holds a connection for long. */
	private final ReentrantLock turn = new ReentrantLock();

	SnapshotWriter(DataSource dataSource, LogTables tables, PlatformTransactionManager transactionManager,
			List<SnapshotSource> sources, String source) {
		this.dataSource = dataSource;
		this.tables = tables;
		this.repeatableRead = new TransactionTemplate(transactionManager);
		this.repeatableRead.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		this.repeatableRead.setReadOnly(true);
		this.sources = sources;
		this.source = source;
	}

	boolean isPossible() {
		return !this.sources.isEmpty();
	}

	void writeTo(OutputStream out) {
		this.turn.lock();
		try {
			this.repeatableRead.executeWithoutResult((status) -> {
				try {
					LogHead head = openView();
					line(out, new SnapshotHead(head.epoch(), head.pos(),
							head.now().minus(EventPage.HORIZON).minusNanos(1000)));
					Lines lines = new Lines(out, head);
					this.sources.forEach((source) -> source.writeTo(lines::write));
					line(out, new SnapshotEnd(lines.count));
					out.flush();
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
		}
		finally {
			this.turn.unlock();
		}
	}

	/**
	 * Open this transaction's view while a second connection keeps appends out: without
	 * that, MariaDB's lock-free views could show an append but not the one before it.
	 */
	private LogHead openView() {
		try (Connection keeper = this.dataSource.getConnection()) {
			keeper.setAutoCommit(false);
			try {
				LogTables kept = new LogTables(new JdbcTemplate(new SingleConnectionDataSource(keeper, true)));
				LogHead head = kept.completeHead();
				LogHead seen = this.tables.head();
				if (seen.pos() != head.pos()) {
					throw new IllegalStateException("The view opened for a snapshot is not the head's");
				}
				return head;
			}
			finally {
				keeper.rollback();
				keeper.setAutoCommit(true);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The log's head cannot be held for a snapshot", ex);
		}
	}

	private static void line(OutputStream out, Object value) throws IOException {
		out.write(EventJson.MAPPER.writeValueAsBytes(value));
		out.write('\n');
	}

	/**
	 * Numbers and writes a snapshot's events.
	 */
	private final class Lines {

		private final OutputStream out;

		private final LogHead head;

		private final String correlationId = Correlation.currentOrNew();

		private long count;

		private Lines(OutputStream out, LogHead head) {
			this.out = out;
			this.head = head;
		}

		private void write(NewEvent event) {
			this.count++;
			String correlationId = event.correlationId();
			try {
				line(this.out, new CloudEvent(this.head.epoch() + "-" + this.head.pos() + "-" + this.count,
						SnapshotWriter.this.source, event.type(), event.subject(), event.time(),
						Long.toString(this.head.pos()), (correlationId != null) ? correlationId : this.correlationId,
						event.isIgnorable(), EventJson.MAPPER.writeValueAsString(event.data())));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
