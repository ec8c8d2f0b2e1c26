package io.punctual.delivery.webhook;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.punctual.shared.contract.EscalationsChanged;
import io.punctual.shared.contract.Impact;
import io.punctual.shared.contract.MaintenanceWindow;
import io.punctual.shared.contract.StatementClosed;
import io.punctual.shared.contract.UpdatePublished;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The message of an update, in the shape of Standard Webhooks. Its bytes are the same at
 * every attempt and in every release: they are signed, and kept as evidence by their
 * hash.
 *
 * @param type what the message is
 * @param timestamp when it was said
 * @param data what was said
 */
@JsonPropertyOrder({ "type", "timestamp", "data" })
public record WebhookBody(String type, String timestamp, Data data) {

	/** The type of an update's message. */
	public static final String TYPE = "update.published";

	/** The type of a message to whoever is on call. */
	public static final String ESCALATION = EscalationsChanged.OPENED;

	/** The state of an update that is one; a notice has no such state. */
	public static final String ESCALATED = "ESCALATED";

	/** The type of a message that somebody looks at escalations. */
	public static final String ESCALATION_ACKNOWLEDGED = EscalationsChanged.ACKNOWLEDGED;

	/** The state of an update that is one. */
	public static final String LOOKED_AT = "ESCALATION_ACKNOWLEDGED";

	/** The type of a message that escalations are over. */
	public static final String ESCALATION_RESOLVED = EscalationsChanged.RESOLVED;

	/** The state of an update that is one. */
	public static final String OVER = "ESCALATION_RESOLVED";

	/** The type of a statement's message. */
	public static final String STATEMENT = "statement.closed";

	/** The state of an update that is about a statement; a notice has no such state. */
	public static final String STATED = "STATED";

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.build();

	/**
	 * The message of an update to one client.
	 * @param update what was said
	 * @param obligationId the obligation that it keeps
	 * @param clientSeq its number among all that this client was ever owed, without gaps
	 * @param dueAt by when it was promised
	 * @return the message
	 */
	public static WebhookBody of(UpdatePublished update, String obligationId, long clientSeq, @Nullable Instant dueAt) {
		return new WebhookBody(type(update.state()), text(update.publishedAt()),
				new Data(clientSeq, obligationId, update.noticeId(), update.updateId(), update.seq(),
						update.kind().name(), update.severity().name(), update.state(), update.title(), update.text(),
						update.components(), update.impacts(), update.corrects(), (dueAt != null) ? text(dueAt) : null,
						update.drill(), update.closing(), Window.of(update.window()), null, null));
	}

	private static String type(String state) {
		return switch (state) {
			case ESCALATED -> ESCALATION;
			case LOOKED_AT -> ESCALATION_ACKNOWLEDGED;
			case OVER -> ESCALATION_RESOLVED;
			default -> TYPE;
		};
	}

	/**
	 * The same as the message of a statement.
	 * @param closed the statement
	 * @return the message, with what a machine needs to fetch it and to check its hash
	 */
	public WebhookBody about(StatementClosed closed) {
		return new WebhookBody(STATEMENT, this.timestamp, this.data.with(Statement.of(closed), null));
	}

	/**
	 * The same with the escalations that it is about.
	 * @param changed the escalations
	 * @return the message, with what a machine needs to open one alert for each of them,
	 * and to close it again
	 */
	public WebhookBody about(EscalationsChanged changed) {
		return new WebhookBody(this.type, this.timestamp,
				this.data.with(null, changed.items().stream().map((one) -> Escalation.of(changed, one)).toList()));
	}

	/**
	 * The bytes that are signed and sent.
	 * @return UTF-8
	 */
	public byte[] toBytes() {
		return JSON.writeValueAsBytes(this);
	}

	private static String text(Instant instant) {
		return instant.truncatedTo(ChronoUnit.MICROS).toString();
	}

	/**
	 * What was said.
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	@JsonPropertyOrder({ "clientSeq", "obligationId", "noticeId", "updateId", "seq", "kind", "severity", "state",
			"title", "text", "components", "impacts", "corrects", "dueAt", "drill", "closing", "window", "statement",
			"escalations" })
	public record Data(long clientSeq, String obligationId, String noticeId, String updateId, int seq, String kind,
			String severity, String state, String title, String text, List<String> components, List<Impact> impacts,
			@Nullable String corrects, @Nullable String dueAt, boolean drill, boolean closing, @Nullable Window window,
			@Nullable Statement statement, @Nullable List<Escalation> escalations) {

		private Data with(@Nullable Statement about, @Nullable List<Escalation> all) {
			return new Data(this.clientSeq, this.obligationId, this.noticeId, this.updateId, this.seq, this.kind,
					this.severity, this.state, this.title, this.text, this.components, this.impacts, this.corrects,
					this.dueAt, this.drill, this.closing, this.window, about, all);
		}

	}

	/**
	 * One promise that somebody has to look at, or had to.
	 *
	 * @param escalationId the same in each message about it: what an alert is opened and
	 * closed by
	 * @param openedFor {@code AT_RISK} or {@code BREACHED}
	 * @param reason what was known when it was opened
	 * @param dueAt by when it was promised
	 * @param href where it is, relative to the API
	 */
	@JsonPropertyOrder({ "escalationId", "clockId", "clientId", "clientName", "objective", "openedFor", "reason",
			"dueAt", "href" })
	public record Escalation(String escalationId, String clockId, String clientId, String clientName, String objective,
			String openedFor, String reason, String dueAt, String href) {

		static Escalation of(EscalationsChanged changed, EscalationsChanged.Item one) {
			return new Escalation(one.escalationId(), one.clockId(), one.clientId(), one.clientName(),
					changed.objective().name(), one.openedFor(), one.reason(), WebhookBody.text(one.dueAt()),
					"/v1/escalations/" + one.escalationId());
		}

	}

	/**
	 * A closed statement.
	 *
	 * @param hash of its document, hexadecimal digits
	 * @param href where it is fetched, relative to the API
	 */
	@JsonPropertyOrder({ "statementId", "period", "number", "hash", "href" })
	public record Statement(String statementId, String period, long number, String hash, String href) {

		public static Statement of(StatementClosed closed) {
			return new Statement(closed.statementId(), closed.period(), closed.number(), closed.hash(),
					"/v1/statements/" + closed.statementId());
		}

	}

	/**
	 * When maintenance takes place.
	 *
	 * @param sequence how often that was changed since it was announced
	 */
	@JsonPropertyOrder({ "start", "end", "sequence" })
	public record Window(String start, String end, int sequence) {

		static @Nullable Window of(@Nullable MaintenanceWindow window) {
			return (window != null) ? new Window(text(window.start()), text(window.end()), window.sequence()) : null;
		}

	}

}
