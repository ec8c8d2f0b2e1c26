package io.punctual.delivery.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.punctual.delivery.endpoint.Endpoint;
import io.punctual.delivery.mail.Mailboxes;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads deliveries and their attempts.
 */
@Repository
class DeliveryLog {

	private static final String SELECT = """
			SELECT d.*, q.state AS queue_state, q.next_at AS queue_next_at FROM delivery d
			LEFT JOIN endpoint_queue q ON q.endpoint_id = d.endpoint_id\s""";

	private final JdbcClient jdbc;

	private final Mailboxes mailboxes;

	DeliveryLog(JdbcClient jdbc, Mailboxes mailboxes) {
		this.jdbc = jdbc;
		this.mailboxes = mailboxes;
	}

	/** The newest first, before a key. */
	List<DeliveryView> list(Filter filter, @Nullable String before, int limit) {
		List<String> conditions = new ArrayList<>(List.of("TRUE"));
		List<Object> values = new ArrayList<>();
		add(conditions, values, "d.client_id = ?", filter.client());
		add(conditions, values, "d.notice_id = ?", filter.notice());
		String state = filter.state();
		add(conditions, values, "d.state = ?", "IN_FLIGHT".equals(state) ? "PENDING" : state);
		if ("PENDING".equals(state) || "IN_FLIGHT".equals(state)) {
			conditions.add("IN_FLIGHT".equals(state) ? "q.state = 'LEASED'" : "COALESCE(q.state, '') <> 'LEASED'");
		}
		add(conditions, values, "d.delivery_id < ?", before);
		values.add(limit);
		return this.jdbc
			.sql(SELECT + "WHERE " + String.join(" AND ", conditions) + " ORDER BY d.delivery_id DESC LIMIT ?")
			.params(values)
			.query(DeliveryLog::delivery)
			.list();
	}

	Optional<DeliveryView> find(String deliveryId) {
		return this.jdbc.sql(SELECT + "WHERE d.delivery_id = ?")
			.param(deliveryId)
			.query(DeliveryLog::delivery)
			.optional();
	}

	List<AttemptView> attempts(String deliveryId, int after, int limit) {
		return this.jdbc.sql("""
				SELECT a.*, e.endpoint_id, e.mailbox FROM attempt a JOIN delivery d ON d.delivery_id = a.delivery_id
				LEFT JOIN endpoint e ON e.endpoint_id = d.endpoint_id
				WHERE a.delivery_id = ? AND a.number > ? ORDER BY a.number LIMIT ?""")
			.params(deliveryId, after, limit)
			.query(this::attempt)
			.list();
	}

	/** The same, with what the mail service said of them afterwards. */
	List<AttemptView> withMailEvents(List<AttemptView> attempts) {
		List<String> mailed = attempts.stream()
			.filter((one) -> one.messageId() != null)
			.map(AttemptView::attemptId)
			.toList();
		if (mailed.isEmpty()) {
			return attempts;
		}
		Map<String, List<MailEventView>> events = new HashMap<>();
		this.jdbc.sql("""
				SELECT m.*, e.endpoint_id, e.mailbox FROM mail_event m
				JOIN delivery d ON d.delivery_id = m.delivery_id JOIN endpoint e ON e.endpoint_id = d.endpoint_id
				WHERE m.attempt_id IN (:ids) ORDER BY m.happened_at, m.event_id""")
			.param("ids", mailed)
			.query((row, number) -> events.computeIfAbsent(row.getString("attempt_id"), (id) -> new ArrayList<>())
				.add(new MailEventView(row.getString("kind"), required(row, "happened_at"), required(row, "heard_at"),
						row.getString("status"),
						this.mailboxes.read(row.getString("endpoint_id"), row.getString("mailbox"),
								row.getString("answer"), row.getString("event_id")))))
			.list();
		return attempts.stream().map((one) -> one.with(events.get(one.attemptId()))).toList();
	}

	private static void add(List<String> conditions, List<Object> values, String condition, @Nullable String value) {
		if (value != null) {
			conditions.add(condition);
			values.add(value);
		}
	}

	private static DeliveryView delivery(ResultSet row, int number) throws SQLException {
		String state = row.getString("state");
		boolean pending = "PENDING".equals(state);
		boolean leased = "LEASED".equals(row.getString("queue_state"));
		Instant next = row.getBoolean("rejected") ? instant(row, "next_at") : instant(row, "queue_next_at");
		return new DeliveryView(row.getString("delivery_id"), row.getString("obligation_id"),
				row.getString("client_id"), row.getString("notice_id"), row.getString("update_id"),
				row.getString("endpoint_id"), Endpoint.channelOf(row.getString("endpoint_id")).name(),
				row.getLong("client_seq"), row.getBoolean("fallback"), (pending && leased) ? "IN_FLIGHT" : state,
				row.getString("reason"), required(row, "started_at"), instant(row, "due_at"), row.getInt("attempts"),
				instant(row, "first_attempt_at"), instant(row, "last_attempt_at"), (pending && !leased) ? next : null,
				instant(row, "settled_at"));
	}

	private AttemptView attempt(ResultSet row, int number) throws SQLException {
		int status = row.getInt("status");
		return new AttemptView(row.getString("attempt_id"), row.getInt("number"), required(row, "started_at"),
				required(row, "ended_at"), row.getString("url"), row.getString("address"),
				row.getString("request_sha256"), (status != 0) ? status : null, row.getString("side"),
				row.getString("error"), row.getString("response_headers"), row.getString("response_body"),
				row.getString("correlation_id"), recipient(row), row.getString("message_id"), null);
	}

	private @Nullable String recipient(ResultSet row) throws SQLException {
		String contactId = row.getString("endpoint_id");
		return (contactId != null) ? this.mailboxes.read(contactId, row.getString("mailbox"),
				row.getString("recipient"), row.getString("attempt_id")) : null;
	}

	private static Instant required(ResultSet row, String column) throws SQLException {
		return DatabaseTime.fromColumn(row.getObject(column, LocalDateTime.class));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		return DatabaseTime.fromNullableColumn(row.getObject(column, LocalDateTime.class));
	}

	/**
	 * What is listed.
	 */
	record Filter(@Nullable String client, @Nullable String notice, @Nullable String state) {
	}

}
