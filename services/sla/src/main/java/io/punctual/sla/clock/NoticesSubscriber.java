package io.punctual.sla.clock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.NoticeCancelled;
import io.punctual.shared.contract.NoticeDetected;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.time.DatabaseTime;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Turns what was said, and who is owed it, into clocks.
 */
@Component
class NoticesSubscriber implements EventSubscriber {

	private final JdbcClient jdbc;

	private final Clocks clocks;

	private final Obligations obligations;

	private final ClockTimer timer;

	NoticesSubscriber(JdbcClient jdbc, Clocks clocks, Obligations obligations, ClockTimer timer) {
		this.jdbc = jdbc;
		this.clocks = clocks;
		this.obligations = obligations;
		this.timer = timer;
	}

	@Override
	public String source() {
		return "notices";
	}

	@Override
	public Set<String> types() {
		return Set.of(NoticeDetected.TYPE, UpdatePublished.TYPE, UpdateOwed.TYPE, NoticeCancelled.TYPE);
	}

	@Override
	public void apply(List<Event> events) {
		for (Event event : events) {
			switch (event.type()) {
				case NoticeDetected.TYPE -> detected(event, event.data(NoticeDetected.class));
				case UpdatePublished.TYPE -> published(event, event.data(UpdatePublished.class));
				case UpdateOwed.TYPE -> owed(event, event.data(UpdateOwed.class));
				default -> cancelled(event, event.data(NoticeCancelled.class));
			}
		}
		this.timer.wakeAfterCommit();
	}

	private void detected(Event event, NoticeDetected notice) {
		List<Promise> promises = new ArrayList<>();
		for (NoticeDetected.Expected expected : notice.expected()) {
			expected.agreement()
				.target(Objective.FIRST_UPDATE, notice.kind(), notice.severity())
				.ifPresent((target) -> expected.clients().forEach((client) -> {
					Instant start = later(notice.detectedAt(), client.entitledAt());
					promises.add(new Promise(client.clientId(), Objective.FIRST_UPDATE, notice.noticeId(), "", null,
							null, notice.drill(), expected.agreement(), target, Fact.of(event, start)));
				}));
		}
		this.clocks.start(promises);
	}

	private void published(Event event, UpdatePublished update) {
		this.jdbc.sql("""
				INSERT INTO published_update (update_id, notice_id, seq, kind, severity, published_at, closing)
				VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE seq = seq""")
			.params(update.updateId(), update.noticeId(), update.seq(), update.kind().name(), update.severity().name(),
					DatabaseTime.toColumn(update.publishedAt()), update.closing())
			.update();
		this.clocks.stopAll(Objective.PERIODIC_UPDATE, update.noticeId(), Fact.of(event, update.publishedAt()));
	}

	private void owed(Event event, UpdateOwed update) {
		List<String> clients = update.owed().stream().map(UpdateOwed.Owed::clientId).toList();
		// A supplementary obligation is found later than the publication: until then the
		// client was told nothing.
		Instant told = update.supplementary() ? event.time() : update.publishedAt();
		this.clocks.stop(Objective.FIRST_UPDATE, update.noticeId(), clients, Fact.of(event, told));
		AgreementTerms agreement = update.agreement();
		if (agreement != null) {
			this.obligations.owed(update, agreement, Fact.of(event, update.publishedAt()));
			if (!update.supplementary()) {
				periodic(event, update, agreement);
			}
		}
	}

	/** The next word is promised from this one on, unless it was the last. */
	private void periodic(Event event, UpdateOwed update, AgreementTerms agreement) {
		Known known = this.jdbc.sql("SELECT kind, severity, closing FROM published_update WHERE update_id = ?")
			.param(update.updateId())
			.query(Known.class)
			.single();
		if (known.closing()) {
			return;
		}
		agreement.target(Objective.PERIODIC_UPDATE, known.kind(), known.severity())
			.ifPresent((target) -> this.clocks.start(update.owed()
				.stream()
				.map((owed) -> new Promise(owed.clientId(), Objective.PERIODIC_UPDATE, update.noticeId(),
						update.updateId(), update.updateId(), null, update.drill(), agreement, target,
						Fact.of(event, update.publishedAt())))
				.toList()));
	}

	private void cancelled(Event event, NoticeCancelled notice) {
		this.clocks.voidAll(Objective.FIRST_UPDATE, notice.noticeId(), Fact.of(event, notice.at()),
				"The draft was given up.");
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	/**
	 * What matters of an update for the next one.
	 */
	record Known(NoticeKind kind, Severity severity, boolean closing) {
	}

}
