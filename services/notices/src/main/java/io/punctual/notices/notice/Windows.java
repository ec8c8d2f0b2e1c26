package io.punctual.notices.notice;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.punctual.shared.contract.MaintenanceWindow;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What may be said of the time at which maintenance takes place. It is announced with its
 * window, the window may be moved as long as it is only scheduled, and each change is
 * counted.
 */
final class Windows {

	/** Whatever takes longer is not maintenance. */
	private static final Duration LONGEST = Duration.ofDays(31);

	private Windows() {
	}

	/**
	 * The window of a draft.
	 * @param kind the notice's kind
	 * @param wanted what is asked for, or null to keep the present one
	 * @param present the draft's window so far
	 * @throws ProblemException 422 if it cannot be
	 */
	static @Nullable MaintenanceWindow ofDraft(NoticeKind kind, @Nullable WindowForm wanted,
			@Nullable MaintenanceWindow present) {
		return (wanted != null) ? checked(kind, wanted) : present;
	}

	/**
	 * The window as of an update.
	 * @param notice the notice before the update
	 * @param wanted what the update says, or null to keep the present one
	 * @param state the state that it leads to
	 * @param now the present instant
	 * @throws ProblemException 422 if it cannot be
	 */
	static @Nullable MaintenanceWindow ofUpdate(Notice notice, @Nullable WindowForm wanted, NoticeState state,
			Instant now) {
		MaintenanceWindow present = notice.window();
		MaintenanceWindow next = (wanted != null) ? checked(notice.kind(), wanted) : present;
		if (next == null) {
			if (state == NoticeState.SCHEDULED) {
				throw ProblemException.invalid("/window", "is needed: maintenance is announced with its window");
			}
			return null;
		}
		if (present == null || notice.publishedAt() == null) {
			return announced(next, state, now);
		}
		if (next.start().equals(present.start()) && next.end().equals(present.end())) {
			boolean calledOff = state == NoticeState.CANCELLED && notice.state() != NoticeState.CANCELLED;
			return calledOff ? changed(present, present) : present;
		}
		return changed(announced(next, state, now), present);
	}

	/** It must still be possible to keep to it. */
	private static MaintenanceWindow announced(MaintenanceWindow window, NoticeState state, Instant now) {
		if (state != NoticeState.SCHEDULED) {
			throw ProblemException.invalid("/window", "can be said only while the maintenance is SCHEDULED");
		}
		if (!window.end().isAfter(now)) {
			throw ProblemException.invalid("/window/end", "must be in the future");
		}
		return window;
	}

	private static MaintenanceWindow changed(MaintenanceWindow window, MaintenanceWindow before) {
		return new MaintenanceWindow(window.start(), window.end(), before.sequence() + 1);
	}

	private static MaintenanceWindow checked(NoticeKind kind, WindowForm wanted) {
		if (kind != NoticeKind.MAINTENANCE) {
			throw ProblemException.invalid("/window", "is for maintenance only");
		}
		Instant start = wanted.start().truncatedTo(ChronoUnit.MICROS);
		Instant end = wanted.end().truncatedTo(ChronoUnit.MICROS);
		if (!end.isAfter(start)) {
			throw ProblemException.invalid("/window/end", "must be after the start");
		}
		if (Duration.between(start, end).compareTo(LONGEST) > 0) {
			throw ProblemException.invalid("/window/end", "must be at most 31 days after the start");
		}
		return new MaintenanceWindow(start, end, 0);
	}

}
