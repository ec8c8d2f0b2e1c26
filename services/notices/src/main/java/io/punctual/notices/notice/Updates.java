package io.punctual.notices.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.punctual.notices.advisory.Advisory;
import io.punctual.shared.bulk.LaterRows;
import io.punctual.shared.contract.Impact;
import io.punctual.shared.contract.ImpactLevel;
import io.punctual.shared.contract.MaintenanceWindow;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Everything that was said: append-only.
 */
@Repository
class Updates {

	private final JdbcClient jdbc;

	private final LaterRows later;

	Updates(JdbcClient jdbc, LaterRows later) {
		this.jdbc = jdbc;
		this.later = later;
	}

	/**
	 * Adds an update, at the end of the present transaction.
	 */
	void add(Update update, @Nullable Advisory advisory) {
		MaintenanceWindow window = update.window();
		this.later.add(update.noticeId(), """
				INSERT INTO notice_update (update_id, notice_id, seq, state, severity, title, text, corrects, closing,
				published_at, published_by, audience_pos, window_start, window_end, window_sequence, advisory)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
				List.<@Nullable Object[]>of(new @Nullable Object[] { update.updateId(), update.noticeId(), update.seq(),
						update.state().name(), update.severity().name(), update.title(), update.text(),
						update.corrects(), update.closing(), DatabaseTime.toColumn(update.publishedAt()),
						update.publishedBy(), update.audiencePosition(),
						DatabaseTime.toNullableColumn((window != null) ? window.start() : null),
						DatabaseTime.toNullableColumn((window != null) ? window.end() : null),
						(window != null) ? window.sequence() : null, AdvisoryColumn.toColumn(advisory) }));
		this.later.add(update.noticeId(), "INSERT INTO update_impact (update_id, component_id, level) VALUES (?, ?, ?)",
				update.impacts()
					.stream()
					.map((impact) -> new Object[] { update.updateId(), impact.componentId(), impact.level().name() })
					.toList());
	}

	/**
	 * The updates of a notice in their order.
	 * @param noticeId the notice
	 * @param clientId only those owed to this client, or null for all
	 * @param afterSeq only those after this number
	 * @param limit the most to return
	 */
	List<Update> find(String noticeId, @Nullable String clientId, int afterSeq, int limit) {
		return withImpacts(
				query("AND u.seq > :afterSeq" + owedTo(clientId) + " ORDER BY u.seq LIMIT :limit", noticeId, clientId)
					.param("afterSeq", afterSeq)
					.param("limit", limit)
					.query(Updates::update)
					.list());
	}

	/**
	 * What was said last.
	 */
	Optional<Update> latest(String noticeId, @Nullable String clientId) {
		return withImpacts(
				query(owedTo(clientId) + " ORDER BY u.seq DESC LIMIT 1", noticeId, clientId).query(Updates::update)
					.list())
			.stream()
			.findFirst();
	}

	/**
	 * What an update has said of the components.
	 */
	List<Impact> impacts(String noticeId, int seq) {
		return this.jdbc
			.sql("SELECT i.component_id, i.level FROM notice_update u JOIN update_impact i ON i.update_id = u.update_id"
					+ " WHERE u.notice_id = ? AND u.seq = ?")
			.params(noticeId, seq)
			.query((row, number) -> new Impact(row.getString(1), ImpactLevel.valueOf(row.getString(2))))
			.list();
	}

	/**
	 * What an advisory said besides its text, as of an update.
	 */
	@Nullable Advisory advisory(String updateId) {
		return this.jdbc.sql("SELECT advisory FROM notice_update WHERE update_id = ? AND advisory IS NOT NULL")
			.param(updateId)
			.query((row, number) -> row.getString(1))
			.optional()
			.map(AdvisoryColumn::fromColumn)
			.orElse(null);
	}

	/**
	 * How a notice went on, up to an update.
	 */
	List<Step> steps(String noticeId, int lastSeq) {
		return this.jdbc
			.sql("SELECT seq, state, title, published_at FROM notice_update WHERE notice_id = ? AND seq <= ?"
					+ " ORDER BY seq")
			.params(noticeId, lastSeq)
			.query((row, number) -> new Step(row.getInt(1), NoticeState.valueOf(row.getString(2)), row.getString(3),
					DatabaseTime.fromColumn(row.getObject(4, LocalDateTime.class))))
			.list();
	}

	boolean contains(String noticeId, String updateId) {
		return this.jdbc
			.sql("SELECT EXISTS (SELECT 1 FROM notice_update WHERE update_id = :updateId AND notice_id = :noticeId)")
			.param("updateId", updateId)
			.param("noticeId", noticeId)
			.query(Boolean.class)
			.single();
	}

	/**
	 * The severities that a notice has had.
	 */
	Set<Severity> severities(String noticeId) {
		return this.jdbc.sql("SELECT DISTINCT severity FROM notice_update WHERE notice_id = ?")
			.param(noticeId)
			.query((row, number) -> Severity.valueOf(row.getString(1)))
			.set();
	}

	private JdbcClient.StatementSpec query(String rest, String noticeId, @Nullable String clientId) {
		JdbcClient.StatementSpec query = this.jdbc
			.sql("SELECT u.* FROM notice_update u WHERE u.notice_id = :noticeId " + rest)
			.param("noticeId", noticeId);
		return (clientId != null) ? query.param("clientId", clientId) : query;
	}

	private static String owedTo(@Nullable String clientId) {
		return (clientId != null) ? " AND EXISTS (SELECT 1 FROM obligation o WHERE o.update_id = u.update_id"
				+ " AND o.client_id = :clientId)" : "";
	}

	private List<Update> withImpacts(List<Update> updates) {
		if (updates.isEmpty()) {
			return updates;
		}
		Map<String, List<Impact>> impacts = new HashMap<>();
		this.jdbc
			.sql("SELECT update_id, component_id, level FROM update_impact WHERE update_id IN (:ids)"
					+ " ORDER BY update_id, component_id")
			.param("ids", updates.stream().map(Update::updateId).toList())
			.query((row) -> {
				impacts.computeIfAbsent(row.getString(1), (key) -> new ArrayList<>())
					.add(new Impact(row.getString(2), ImpactLevel.valueOf(row.getString(3))));
			});
		return updates.stream()
			.map((update) -> update.withImpacts(impacts.getOrDefault(update.updateId(), List.of())))
			.toList();
	}

	static Update update(ResultSet row, int number) throws SQLException {
		return new Update(row.getString("update_id"), row.getString("notice_id"), row.getInt("seq"),
				NoticeState.valueOf(row.getString("state")), Severity.valueOf(row.getString("severity")),
				row.getString("title"), row.getString("text"), List.of(), row.getString("corrects"),
				row.getBoolean("closing"), DatabaseTime.fromColumn(row.getObject("published_at", LocalDateTime.class)),
				row.getString("published_by"), row.getLong("audience_pos"), null, window(row));
	}

	private static @Nullable MaintenanceWindow window(ResultSet row) throws SQLException {
		Instant start = DatabaseTime.fromNullableColumn(row.getObject("window_start", LocalDateTime.class));
		Instant end = DatabaseTime.fromNullableColumn(row.getObject("window_end", LocalDateTime.class));
		return (start != null && end != null) ? new MaintenanceWindow(start, end, row.getInt("window_sequence")) : null;
	}

	/**
	 * An update without what it says.
	 */
	record Step(int seq, NoticeState state, String title, Instant publishedAt) {
	}

}
