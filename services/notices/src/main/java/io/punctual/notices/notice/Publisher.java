package io.punctual.notices.notice;

import java.time.Instant;
import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.punctual.notices.audience.Audiences;
import io.punctual.notices.audience.Concern;
import io.punctual.notices.audience.KnownAudiences;
import io.punctual.notices.obligation.ObligationWriter;
import io.punctual.notices.obligation.OwedUpdate;
import io.punctual.notices.obligation.Publication;
import io.punctual.shared.contract.Impact;
import io.punctual.shared.contract.MaintenanceWindow;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.events.EventLog;
import io.punctual.shared.events.EventReaders;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.id.Ids;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Publishes an update: what is said, to whom it is owed and the events that tell the
 * others are one transaction, which the caller has opened. See
 * {@code docs/decisions/publishing-in-one-transaction.md} and
 * {@code docs/decisions/audience-position.md}.
 */
@Component
class Publisher {

	private final EventReaders readers;

	private final Audiences audiences;

	private final ObligationWriter obligations;

	private final Updates updates;

	private final Notices notices;

	private final EventLog events;

	private final KnownAudiences known;

	private final Impacts impacts;

	private final Counter published;

	Publisher(EventReaders readers, Audiences audiences, ObligationWriter obligations, Updates updates, Notices notices,
			EventLog events, KnownAudiences known, Impacts impacts, MeterRegistry registry) {
		this.readers = readers;
		this.audiences = audiences;
		this.obligations = obligations;
		this.updates = updates;
		this.notices = notices;
		this.events = events;
		this.known = known;
		this.impacts = impacts;
		this.published = Counter.builder("punctual.updates.published")
			.description("Updates that were published")
			.register(registry);
	}

	/**
	 * Keeps the replica of {@code clients} as it is until the transaction ends. To be
	 * called before anything is locked.
	 * @return the audience position
	 */
	long holdAudience() {
		return this.readers.of("clients").holdPosition();
	}

	/**
	 * Publishes.
	 * @param notice the notice, new or locked
	 * @param said what is said, its references checked
	 * @param audiencePosition from {@link #holdAudience()}, in the same transaction
	 * @param by who says it
	 * @param pointer where in the request's body it is said
	 * @return the update
	 */
	Update publish(Notice notice, Said said, long audiencePosition, String by, String pointer) {
		NoticeState state = notice.next(said.state(), said.corrects() != null);
		List<String> components = (said.components() != null) ? said.components() : notice.components();
		Severity severity = (said.severity() != null) ? said.severity() : notice.severity();
		boolean closing = notice.lifecycle().isClosing(state);
		List<Impact> levels = this.impacts.complete(notice, said.impacts(), components, closing, pointer);
		String updateId = Ids.next("upd");
		Publication publication = new Publication(notice.noticeId(), updateId, notice.kind(), severity,
				notice.isDrill());

		Concern concern = Concern.by(components, notice.kind(), severity);
		if (closing && notice.publishedAt() != null) {
			concern = concern.orToldOf(notice.noticeId(), this.updates.severities(notice.noticeId()));
		}
		KnownAudiences.Audience audience = this.known.of(concern, audiencePosition);
		// This machine's time decides in which order the most urgent come, nothing else.
		OwedUpdate owed = this.obligations.write(publication, audience.members(), Instant.now(), false);

		// From here to the commit there are few statements, however many clients there
		// are.
		Audiences.Moment moment = this.audiences.now(components, audience.at());
		if (moment.changed()) {
			this.known.forget(concern);
			throw new AudienceChangedException();
		}
		Instant publishedAt = moment.now();
		MaintenanceWindow window = Windows.ofUpdate(notice, said.window(), state, publishedAt);
		String title = (said.title() != null) ? said.title() : notice.title();
		int seq = notice.say(state, title, severity, components, window, publishedAt);
		this.notices.write(notice);
		Update update = new Update(updateId, notice.noticeId(), seq, state, severity, title, said.text(), levels,
				said.corrects(), closing, publishedAt, by, audiencePosition, owed.size(), window);
		this.updates.add(update, notice.advisory());
		this.events.append(new NewEvent(UpdatePublished.TYPE, notice.noticeId(), publishedAt,
				published(notice.kind(), notice.detectedAt(), notice.isDrill(), components, update)));
		this.obligations.stamp(owed, publishedAt, publishedAt, false, publishedAt);
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				Publisher.this.published.increment();
			}
		});
		return update;
	}

	static UpdatePublished published(NoticeKind kind, @Nullable Instant detectedAt, boolean drill,
			List<String> components, Update update) {
		return new UpdatePublished(update.noticeId(), update.updateId(), update.seq(), kind, update.state().name(),
				update.severity(), update.title(), update.text(), components, update.impacts(), update.corrects(),
				update.publishedAt(), detectedAt, drill, update.closing(), update.audiencePosition(), update.window());
	}

}
