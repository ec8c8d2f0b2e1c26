package io.punctual.delivery.feed;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;

import io.punctual.delivery.dispatch.ConfirmedDeliveries;
import io.punctual.delivery.dispatch.Updates;
import io.punctual.delivery.webhook.WebhookBody;
import io.punctual.shared.contract.StatementClosed;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ClientScope;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.shared.web.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The feed that a client reads by itself: everything that it was ever owed, numbered
 * without gaps. Asking for what follows a number says that everything up to it was read.
 */
@RestController
class FeedController {

	private static final int PAGE = 100;

	private static final int MOST_WAIT_SECONDS = 25;

	private static final Duration LOOK = Duration.ofMillis(100);

	private final JdbcClient jdbc;

	private final Updates updates;

	private final ConfirmedDeliveries confirmed;

	FeedController(JdbcClient jdbc, Updates updates, ConfirmedDeliveries confirmed) {
		this.jdbc = jdbc;
		this.confirmed = confirmed;
		this.updates = updates;
	}

	@GetMapping("/v1/feed")
	@ClientScope
	ResponseEntity<Feed> feed(@RequestParam(defaultValue = "0") long after, @RequestParam(defaultValue = "0") int wait,
			@RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known, Caller caller)
			throws InterruptedException {
		if (after < 0) {
			throw ProblemException.invalid("after", "must not be negative");
		}
		if (wait < 0 || wait > MOST_WAIT_SECONDS) {
			throw ProblemException.invalid("wait", "must be between 0 and " + MOST_WAIT_SECONDS);
		}
		String clientId = caller.requireClientId();
		long last = stream(clientId);
		if (after > last) {
			// It would be answered with nothing until there are as many, and they would
			// be missed.
			throw ProblemException.invalid("after",
					"must not be beyond the client's last update, which is number " + last);
		}
		if (after > 0) {
			this.confirmed.feedRead(clientId, after, "/v1/feed?after=" + after);
		}
		Instant end = Instant.now().plusSeconds(wait);
		while (last <= after && Instant.now().isBefore(end)) {
			Thread.sleep(LOOK);
			last = stream(clientId);
		}
		List<Feed.Item> items = page(clientId, after);
		// What was said never changes; that it was acknowledged is all that can be new in
		// it.
		long acknowledged = items.stream().filter((item) -> item.punctual().acknowledgedAt() != null).count();
		String tag = "\"f" + after + "-" + last + "-" + acknowledged + "\"";
		if (tag.equals(known)) {
			return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).build();
		}
		long reached = items.isEmpty() ? after : items.getLast().punctual().clientSeq();
		return ResponseEntity.ok()
			.eTag(tag)
			.contentType(MediaType.parseMediaType(Feed.MEDIA_TYPE))
			.body(Feed.of(items, (reached < last) ? "?after=" + reached : null));
	}

	private long stream(String clientId) {
		return this.jdbc.sql("SELECT last_seq FROM client_stream WHERE client_id = ?")
			.param(clientId)
			.query(Long.class)
			.optional()
			.orElse(0L);
	}

	private List<Feed.Item> page(String clientId, long after) {
		return Page.fitting(this.jdbc.sql("""
				SELECT * FROM obligation WHERE client_id = ? AND client_seq > ? ORDER BY client_seq LIMIT ?""")
			.params(clientId, after, PAGE)
			.query(this::item)
			.list());
	}

	private Feed.Item item(ResultSet row, int number) throws SQLException {
		Updates.Said known = this.updates.get(row.getString("update_id"));
		UpdatePublished said = known.update();
		StatementClosed statement = known.statement();
		return new Feed.Item(said.updateId(), said.title(), said.text(), said.publishedAt(),
				new Feed.Extension(row.getLong("client_seq"), row.getString("obligation_id"), said.noticeId(),
						said.kind().name(), said.severity().name(), said.state(), instant(row, "due_at"),
						instant(row, "acknowledged_at"), said.drill(), said.closing(), said.window(),
						(statement != null) ? WebhookBody.Statement.of(statement) : null));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		return DatabaseTime.fromNullableColumn(row.getObject(column, LocalDateTime.class));
	}

}
