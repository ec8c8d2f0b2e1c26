package io.punctual.notices.notice;

import java.time.Instant;
import java.util.List;

import io.punctual.shared.contract.Impact;
import io.punctual.shared.contract.MaintenanceWindow;
import io.punctual.shared.contract.Severity;
import org.jspecify.annotations.Nullable;

/**
 * One thing said in a notice. It never changes.
 *
 * @param impacts how every component of the notice fares from now on
 * @param owed to how many clients it is owed; known in the answer to its publication only
 * @param window when maintenance takes place, as of this update
 */
record Update(String updateId, String noticeId, int seq, NoticeState state, Severity severity, String title,
		String text, List<Impact> impacts, @Nullable String corrects, boolean closing, Instant publishedAt,
		String publishedBy, long audiencePosition, @Nullable Integer owed, @Nullable MaintenanceWindow window) {

	Update withImpacts(List<Impact> impacts) {
		return new Update(this.updateId, this.noticeId, this.seq, this.state, this.severity, this.title, this.text,
				impacts, this.corrects, this.closing, this.publishedAt, this.publishedBy, this.audiencePosition,
				this.owed, this.window);
	}

}
