package io.punctual.delivery.dispatch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.delivery.webhook.WebhookBody;
import io.punctual.shared.contract.EscalationsChanged;
import io.punctual.shared.contract.StatementClosed;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What was said; the latest is kept in memory, since it goes to many.
 */
@Repository
public class Updates {

	private static final int KEPT = 256;

	private static final String STATEMENT = "statement";

	private static final String ESCALATIONS = "escalations";

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	private final JsonMapper json;

	private final Map<String, Said> kept = new LinkedHashMap<>(16, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Said> eldest) {
			return size() > KEPT;
		}

	};

	Updates(JdbcClient jdbc, JdbcTemplate batches, JsonMapper json) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.json = json;
	}

	/** Keeps what was said, inside the caller's transaction. */
	public void save(List<Said> said) {
		if (said.isEmpty()) {
			return;
		}
		this.batches.batchUpdate("""
				INSERT INTO notice_update (update_id, notice_id, published_at, correlation_id, document)
				VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE update_id = VALUES(update_id)""",
				said.stream()
					.map((one) -> new Object[] { one.update().updateId(), one.update().noticeId(),
							DatabaseTime.toColumn(one.update().publishedAt()), one.correlationId(), document(one) })
					.toList());
		// What an identifier stands for never changes, whether this is committed now or
		// when it is read again.
		said.forEach((one) -> keep(one.update().updateId(), one));
	}

	public Said get(String updateId) {
		synchronized (this.kept) {
			Said said = this.kept.get(updateId);
			if (said != null) {
				return said;
			}
		}
		Said said = this.jdbc.sql("SELECT document, correlation_id FROM notice_update WHERE update_id = ?")
			.param(updateId)
			.query((row, number) -> said(row.getString(1), row.getString(2)))
			.single();
		keep(updateId, said);
		return said;
	}

	/** What it is about, if it is about no notice, is beside the words about it. */
	private String document(Said said) {
		if (said.statement() == null && said.escalations() == null) {
			return this.json.writeValueAsString(said.update());
		}
		ObjectNode document = this.json.valueToTree(said.update());
		if (said.statement() != null) {
			document.set(STATEMENT, this.json.valueToTree(said.statement()));
		}
		if (said.escalations() != null) {
			document.set(ESCALATIONS, this.json.valueToTree(said.escalations()));
		}
		return this.json.writeValueAsString(document);
	}

	private Said said(String document, String correlationId) {
		JsonNode tree = this.json.readTree(document);
		return new Said(this.json.treeToValue(tree, UpdatePublished.class), correlationId,
				tree.has(STATEMENT) ? this.json.treeToValue(tree.get(STATEMENT), StatementClosed.class) : null,
				tree.has(ESCALATIONS) ? this.json.treeToValue(tree.get(ESCALATIONS), EscalationsChanged.class) : null);
	}

	private void keep(String updateId, Said said) {
		synchronized (this.kept) {
			this.kept.put(updateId, said);
		}
	}

	/**
	 * An update, and the id by which its way can be followed.
	 *
	 * @param statement the statement that it is about, if it is about one
	 * @param escalations those that it is about, if it is about some
	 */
	public record Said(UpdatePublished update, String correlationId, @Nullable StatementClosed statement,
			@Nullable EscalationsChanged escalations) {

		public Said(UpdatePublished update, String correlationId) {
			this(update, correlationId, null, null);
		}

		public static Said ofStatement(UpdatePublished update, String correlationId, StatementClosed statement) {
			return new Said(update, correlationId, statement, null);
		}

		public static Said ofEscalations(UpdatePublished update, String correlationId,
				@Nullable EscalationsChanged escalations) {
			return new Said(update, correlationId, null, escalations);
		}

		/** What is sent of it to a webhook. */
		WebhookBody message(PendingDelivery delivery) {
			WebhookBody message = WebhookBody.of(this.update, delivery.obligationId(), delivery.clientSeq(),
					delivery.promise().dueAt());
			if (this.statement != null) {
				return message.about(this.statement);
			}
			return (this.escalations != null) ? message.about(this.escalations) : message;
		}

	}

}
