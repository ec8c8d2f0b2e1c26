package io.punctual.notices.notice;

import java.time.Instant;
import java.util.List;

import io.punctual.notices.advisory.Advisory;
import io.punctual.shared.contract.MaintenanceWindow;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import org.jspecify.annotations.Nullable;

/**
 * A notice as the API shows it.
 *
 * @param allowed the states that its next update may have
 * @param window when maintenance takes place, as far as it is known
 * @param advisory what an advisory says besides its text; absent in lists and to clients
 * @param latestUpdate what was said last; absent in lists
 */
record NoticeView(String noticeId, NoticeKind kind, NoticeState state, Severity severity, String title,
		List<String> components, boolean drill, @Nullable Instant detectedAt, Instant createdAt, Instant updatedAt,
		@Nullable MaintenanceWindow window, @Nullable Instant publishedAt, @Nullable Instant closedAt, int updates,
		List<NoticeState> allowed, @Nullable Advisory advisory, @Nullable Update latestUpdate) {

	/**
	 * As it is shown alone.
	 */
	static NoticeView of(Notice notice, @Nullable Update latestUpdate) {
		return of(notice, notice.advisory(), latestUpdate);
	}

	/**
	 * As it is shown in lists, and to clients, who read the document.
	 */
	static NoticeView withoutAdvisory(Notice notice, @Nullable Update latestUpdate) {
		return of(notice, null, latestUpdate);
	}

	private static NoticeView of(Notice notice, @Nullable Advisory advisory, @Nullable Update latestUpdate) {
		return new NoticeView(notice.noticeId(), notice.kind(), notice.state(), notice.severity(), notice.title(),
				notice.components(), notice.isDrill(), notice.detectedAt(), notice.createdAt(), notice.updatedAt(),
				notice.window(), notice.publishedAt(), notice.closedAt(), notice.lastSeq(),
				List.copyOf(notice.lifecycle().next(notice.state())), advisory, latestUpdate);
	}

}
