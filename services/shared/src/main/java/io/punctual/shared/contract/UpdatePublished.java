package io.punctual.shared.contract;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * {@code update.published}: something was said. Who is owed it follows in
 * {@link UpdateOwed} pages, next in the log.
 *
 * @param noticeId the notice
 * @param updateId the update
 * @param seq its number in the notice, dense, from 1
 * @param kind the notice's kind
 * @param state the notice's state by this update, one of its kind's
 * @param severity the notice's severity
 * @param title the notice's title
 * @param text what is said
 * @param components the components that the notice concerns
 * @param impacts how the components fare from now on, complete (not a change)
 * @param corrects the earlier update that this one corrects
 * @param publishedAt when it was said, by the database's clock
 * @param detectedAt since when the provider knew
 * @param drill whether it is an exercise, which no statement counts
 * @param closing whether it ends the notice
 * @param audiencePosition the position in the log of {@code clients} up to which its
 * facts decided who is owed it
 * @param window when maintenance takes place, as of this update; absent for other kinds
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record UpdatePublished(String noticeId, String updateId, int seq, NoticeKind kind, String state,
		Severity severity, String title, String text, List<String> components, List<Impact> impacts,
		@Nullable String corrects, Instant publishedAt, @Nullable Instant detectedAt, boolean drill, boolean closing,
		long audiencePosition, @Nullable MaintenanceWindow window) {

	public static final String TYPE = "update.published";

	public UpdatePublished(String noticeId, String updateId, int seq, NoticeKind kind, String state, Severity severity,
			String title, String text, List<String> components, List<Impact> impacts, @Nullable String corrects,
			Instant publishedAt, @Nullable Instant detectedAt, boolean drill, boolean closing, long audiencePosition) {
		this(noticeId, updateId, seq, kind, state, severity, title, text, components, impacts, corrects, publishedAt,
				detectedAt, drill, closing, audiencePosition, null);
	}

}
