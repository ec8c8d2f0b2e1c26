package io.punctual.notices.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import io.punctual.notices.audience.Audiences;
import io.punctual.notices.audience.Concern;
import io.punctual.notices.obligation.OwedEvents;
import io.punctual.shared.contract.Impact;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.events.SnapshotSource;
import io.punctual.shared.time.DatabaseTime;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells readers that come too late for the log what matters still: detected drafts, and
 * whatever was said in notices that are open or changed within the time that the log is
 * kept. Notice by notice, so that memory does not grow with them.
 */
@Component
class NoticesSnapshot implements SnapshotSource {

	/** How long the log is kept. */
	private static final Duration KEPT = Duration.ofDays(35);

	private static final int UPDATES = 100;

	private final JdbcClient jdbc;

	private final Notices notices;

	private final Updates updates;

	private final Audiences audiences;

	private final OwedEvents owed;

	NoticesSnapshot(JdbcClient jdbc, Notices notices, Updates updates, Audiences audiences, OwedEvents owed) {
		this.jdbc = jdbc;
		this.notices = notices;
		this.updates = updates;
		this.audiences = audiences;
		this.owed = owed;
	}

	@Override
	public void writeTo(Consumer<NewEvent> out) {
		for (String noticeId : relevant()) {
			this.notices.findById(noticeId).ifPresent((notice) -> write(notice, out));
		}
	}

	private void write(Notice notice, Consumer<NewEvent> out) {
		Instant detectedAt = notice.detectedAt();
		if (notice.state() == NoticeState.DRAFT && detectedAt != null) {
			Concern concern = Concern.by(notice.components(), notice.kind(), notice.severity());
			Detection.events(notice, this.audiences.find(concern, notice.updatedAt()), notice.updatedAt()).forEach(out);
			return;
		}
		List<Update> page;
		int after = 0;
		do {
			page = this.updates.find(notice.noticeId(), null, after, UPDATES);
			for (Update update : page) {
				List<String> components = update.impacts().stream().map(Impact::componentId).toList();
				out.accept(new NewEvent(UpdatePublished.TYPE, notice.noticeId(), update.publishedAt(),
						Publisher.published(notice.kind(), detectedAt, notice.isDrill(), components, update)));
				this.owed.of(notice.noticeId(), update.updateId(), update.publishedAt(), notice.isDrill()).forEach(out);
				after = update.seq();
			}
		}
		while (page.size() == UPDATES);
	}

	private List<String> relevant() {
		return this.jdbc.sql("""
				SELECT notice_id FROM notice
				WHERE (state = 'DRAFT' AND detected_at IS NOT NULL)
				OR (published_at IS NOT NULL AND (closed_at IS NULL OR updated_at > :since))
				ORDER BY notice_id""")
			.param("since", DatabaseTime.toColumn(Instant.now().minus(KEPT)))
			.query((row, number) -> row.getString(1))
			.list();
	}

}
