package io.punctual.delivery.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.webhook.WebhookBody;
import io.punctual.shared.release.UngatedWork;
import io.punctual.shared.time.DatabaseTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Which kinds of messages the releases can send that live on this schema. During a
 * deployment, and after one that is turned back, the former release makes the attempts:
 * of a kind that it does not know it would send an update.
 */
@Component
class MessageSenders {

	/** No kind of message, but a way to them: what waits in {@link WaitingPages}. */
	static final String WAITING = "waiting_page";

	/**
	 * What this release can send and one before it could not; a kind stays here for good.
	 */
	static final Set<String> KNOWN = Set.of(WebhookBody.STATEMENT, WebhookBody.ESCALATION_ACKNOWLEDGED,
			WebhookBody.ESCALATION_RESOLVED, WAITING);

	private static final Logger logger = LoggerFactory.getLogger(MessageSenders.class);

	private final JdbcClient jdbc;

	private final DeliveryClock clock;

	private final String release;

	private final Duration deadAfter;

	private volatile boolean announced;

	MessageSenders(JdbcClient jdbc, DeliveryClock clock, @Value("${punctual.release.id:unnamed}") String release,
			@Value("${punctual.release.dead-after:15s}") Duration deadAfter) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.release = release;
		this.deadAfter = deadAfter;
	}

	/**
	 * Says once what this release can send, also while it stands by: the one that works
	 * has to know.
	 */
	@Scheduled(fixedDelay = 2000)
	@UngatedWork("the others read it and do nothing with it")
	void announce() {
		if (this.announced) {
			return;
		}
		try {
			for (String type : KNOWN) {
				this.jdbc
					.sql("INSERT INTO message_sender (release_id, type) VALUES (?, ?)"
							+ " ON DUPLICATE KEY UPDATE type = VALUES(type)")
					.params(this.release, type)
					.update();
			}
			// As long as a release is remembered it may work again.
			this.jdbc.sql("""
					DELETE FROM message_sender WHERE release_id <> ?
					  AND release_id NOT IN (SELECT release_id FROM work_release)""").param(this.release).update();
			this.announced = true;
		}
		catch (DataAccessException ex) {
			logger.debug("What this release can send cannot be said yet", ex);
		}
	}

	/**
	 * Whether whoever may make the attempts sends kinds of messages as what they are.
	 * @param types the kinds
	 * @return {@code false} while a release is heard of that does not know one of them
	 */
	boolean canSend(Collection<String> types) {
		return this.jdbc.sql("""
				SELECT COUNT(*) FROM work_release r WHERE r.state <> 'REJECTED' AND r.heartbeat_at >= :since
				  AND (SELECT COUNT(*) FROM message_sender m WHERE m.release_id = r.release_id AND m.type IN (:types))
				    < :count""")
			.param("since", DatabaseTime.toColumn(this.clock.now().minus(this.deadAfter)))
			.param("types", types)
			.param("count", types.size())
			.query(Long.class)
			.single() == 0;
	}

}
