package io.punctual.shared.schema;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The event log has each position from its tail to its newest, and none besides.
 */
class EventLogCheck implements SchemaCheck {

	/** A page is read well within a connection's timeout, however long the log. */
	private static final int PAGE = 10_000;

	private final JdbcClient jdbc;

	EventLogCheck(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public String what() {
		return "events";
	}

	@Override
	public long check() {
		Head head = this.jdbc.sql("SELECT pos, tail FROM log_head WHERE id = 1")
			.query((row, number) -> new Head(row.getLong("pos"), row.getLong("tail")))
			.optional()
			.orElseThrow(() -> new UnsoundSchemaException("The event log has no head"));
		long expected = head.tail();
		List<Long> page = after(Long.MIN_VALUE);
		while (!page.isEmpty()) {
			for (long position : page) {
				if (position != expected) {
					throw new UnsoundSchemaException(
							"The event log has position %d where %d should be".formatted(position, expected));
				}
				expected++;
			}
			page = after(page.getLast());
		}
		if (expected != head.pos() + 1) {
			throw new UnsoundSchemaException(
					"The event log ends with position %d, its head says %d".formatted(expected - 1, head.pos()));
		}
		return expected - head.tail();
	}

	private List<Long> after(long position) {
		return this.jdbc.sql("SELECT position FROM event_log WHERE position > ? ORDER BY position LIMIT " + PAGE)
			.param(position)
			.query((row, number) -> row.getLong(1))
			.list();
	}

	private record Head(long pos, long tail) {
	}

}
