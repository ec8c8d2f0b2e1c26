package io.punctual.notices.notice;

import java.time.Instant;
import java.util.List;

import io.punctual.shared.audit.Audit;
import io.punctual.shared.bulk.LaterRows;
import io.punctual.shared.contract.NoticeCancelled;
import io.punctual.shared.events.EventLog;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.transaction.Transactions;
import io.punctual.shared.web.ETags;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;

/**
 * What may be done with notices.
 */
@Service
class NoticeService {

	private final Notices notices;

	private final References references;

	private final Detection detection;

	private final Publisher publisher;

	private final EventLog events;

	private final DatabaseClock clock;

	private final Transactions transactions;

	private final LaterRows later;

	NoticeService(Notices notices, References references, Detection detection, Publisher publisher, EventLog events,
			DatabaseClock clock, Transactions transactions, LaterRows later) {
		this.notices = notices;
		this.references = references;
		this.detection = detection;
		this.publisher = publisher;
		this.events = events;
		this.clock = clock;
		this.transactions = transactions;
		this.later = later;
	}

	/**
	 * Creates a draft, or publishes at once.
	 */
	Result create(Draft draft, String by) {
		return this.transactions.write(() -> {
			this.references.checkComponents(draft.components());
			this.references.checkDetectedAt(draft.detectedAt());
			long audiencePosition = this.publisher.holdAudience();
			Notice notice = new Notice(draft.kind(), draft.severity(), draft.title(), draft.components(),
					Boolean.TRUE.equals(draft.drill()), draft.detectedAt(),
					Windows.ofDraft(draft.kind(), draft.window(), null), by, this.clock.now());
			notice.advise(draft.advisory(), draft.components());
			Draft.FirstUpdate update = draft.update();
			if (update != null) {
				return Result.of(notice,
						this.publisher.publish(notice, update.said(), audiencePosition, by, "/update"));
			}
			this.notices.write(notice);
			Audit.about(notice.noticeId());
			if (notice.detectedAt() != null) {
				this.detection.begin(notice);
			}
			return Result.of(notice, null);
		});
	}

	/**
	 * Changes a draft.
	 */
	Result edit(String noticeId, @Nullable String ifMatch, DraftChange change) {
		return this.transactions.write(() -> {
			this.publisher.holdAudience();
			Notice notice = lock(noticeId);
			ETags.requireMatch(ifMatch, notice.version());
			if (change.components() != null) {
				this.references.checkComponents(change.components());
			}
			this.references.checkDetectedAt(change.detectedAt());
			boolean wasDetected = notice.detectedAt() != null;
			List<String> before = notice.components();
			notice.edit(change.title(), change.severity(), change.components(), change.detectedAt(),
					Windows.ofDraft(notice.kind(), change.window(), notice.window()), this.clock.now());
			notice.advise(change.advisory(), notice.components());
			this.notices.write(notice);
			if (wasDetected && !before.containsAll(notice.components())) {
				this.detection.widen(notice, before);
			}
			else if (!wasDetected && notice.detectedAt() != null) {
				this.detection.begin(notice);
			}
			return Result.of(notice, null);
		});
	}

	/**
	 * Says something; a draft is published by it.
	 */
	Result say(String noticeId, @Nullable String ifMatch, Said said, String by) {
		return this.transactions.write(() -> {
			long audiencePosition = this.publisher.holdAudience();
			Notice notice = lock(noticeId);
			ETags.checkMatch(ifMatch, notice.version());
			this.references.checkSaid(notice, said);
			notice.advise(said.advisory(), (said.components() != null) ? said.components() : notice.components());
			return Result.of(notice, this.publisher.publish(notice, said, audiencePosition, by, ""));
		});
	}

	/**
	 * Calls a notice off: a draft silently, anything that was announced by a last update.
	 */
	Result cancel(String noticeId, @Nullable String ifMatch, @Nullable String text, String by) {
		return this.transactions.write(() -> {
			long audiencePosition = this.publisher.holdAudience();
			Notice notice = lock(noticeId);
			ETags.checkMatch(ifMatch, notice.version());
			if (!notice.lifecycle().isCancellable(notice.state())) {
				throw notice.illegal(NoticeState.CANCELLED);
			}
			if (notice.state() != NoticeState.DRAFT) {
				Said said = new Said(NoticeState.CANCELLED, (text != null) ? text : "Cancelled.", null, null, null,
						null, null, null, null);
				return Result.of(notice, this.publisher.publish(notice, said, audiencePosition, by, ""));
			}
			Instant now = this.clock.now();
			notice.discard(now);
			this.notices.write(notice);
			this.events
				.append(new NewEvent(NoticeCancelled.TYPE, noticeId, now, new NoticeCancelled(noticeId, now, by, text))
					.ignorable());
			return Result.of(notice, null);
		});
	}

	private Notice lock(String noticeId) {
		// Another request of this transaction may have said something in it.
		this.later.writeIfAbout(noticeId);
		return this.notices.lock(noticeId).orElseThrow(() -> ProblemException.notFound(noticeId));
	}

	/**
	 * A notice as it is now, read while the transaction lasts.
	 *
	 * @param update what was said, if anything was
	 */
	record Result(NoticeView view, String etag, @Nullable Update update) {

		static Result of(Notice notice, @Nullable Update update) {
			return new Result(NoticeView.of(notice, update), ETags.of(notice.version()), update);
		}

	}

}
