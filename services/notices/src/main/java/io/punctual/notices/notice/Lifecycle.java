package io.punctual.notices.notice;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import io.punctual.shared.contract.NoticeKind;

import static io.punctual.notices.notice.NoticeState.ANNOUNCED;
import static io.punctual.notices.notice.NoticeState.AVAILABLE;
import static io.punctual.notices.notice.NoticeState.CANCELLED;
import static io.punctual.notices.notice.NoticeState.COMPLETED;
import static io.punctual.notices.notice.NoticeState.DRAFT;
import static io.punctual.notices.notice.NoticeState.FINAL;
import static io.punctual.notices.notice.NoticeState.IDENTIFIED;
import static io.punctual.notices.notice.NoticeState.INTERIM;
import static io.punctual.notices.notice.NoticeState.INVESTIGATING;
import static io.punctual.notices.notice.NoticeState.IN_PROGRESS;
import static io.punctual.notices.notice.NoticeState.MONITORING;
import static io.punctual.notices.notice.NoticeState.POSTMORTEM;
import static io.punctual.notices.notice.NoticeState.RESOLVED;
import static io.punctual.notices.notice.NoticeState.SCHEDULED;
import static io.punctual.notices.notice.NoticeState.VERIFYING;
import static io.punctual.notices.notice.NoticeState.WITHDRAWN;

/**
 * The table of legal transitions of one kind of notice. Anything that is not in the table
 * is refused.
 */
final class Lifecycle {

	private static final Map<NoticeKind, Lifecycle> ALL = new EnumMap<>(NoticeKind.class);

	static {
		ALL.put(NoticeKind.INCIDENT,
				new Lifecycle(INVESTIGATING).open(INVESTIGATING, IDENTIFIED, MONITORING)
					.from(DRAFT, INVESTIGATING)
					.from(INVESTIGATING, IDENTIFIED, MONITORING, RESOLVED)
					.from(IDENTIFIED, INVESTIGATING, MONITORING, RESOLVED)
					.from(MONITORING, INVESTIGATING, IDENTIFIED, RESOLVED)
					.from(RESOLVED, INVESTIGATING, POSTMORTEM));
		ALL.put(NoticeKind.MAINTENANCE,
				new Lifecycle(SCHEDULED).open(SCHEDULED, IN_PROGRESS, VERIFYING)
					.from(DRAFT, SCHEDULED)
					.from(SCHEDULED, IN_PROGRESS, CANCELLED)
					.from(IN_PROGRESS, VERIFYING)
					.from(VERIFYING, COMPLETED));
		ALL.put(NoticeKind.ADVISORY,
				new Lifecycle(INTERIM).open(INTERIM)
					.from(DRAFT, INTERIM)
					.from(INTERIM, FINAL, WITHDRAWN)
					.from(FINAL, INTERIM, WITHDRAWN));
		ALL.put(NoticeKind.RELEASE,
				new Lifecycle(ANNOUNCED).open(ANNOUNCED)
					.from(DRAFT, ANNOUNCED)
					.from(ANNOUNCED, AVAILABLE, WITHDRAWN)
					.from(AVAILABLE, WITHDRAWN));
	}

	private final NoticeState first;

	private final Set<NoticeState> open = EnumSet.noneOf(NoticeState.class);

	private final Map<NoticeState, Set<NoticeState>> next = new EnumMap<>(NoticeState.class);

	private Lifecycle(NoticeState first) {
		this.first = first;
	}

	/**
	 * The table of a kind.
	 * @param kind the kind of notice
	 * @return its table
	 */
	static Lifecycle of(NoticeKind kind) {
		Lifecycle lifecycle = ALL.get(kind);
		if (lifecycle == null) {
			throw new IllegalArgumentException("No table for " + kind);
		}
		return lifecycle;
	}

	/**
	 * The state that the first publication leads to, unless the caller names another.
	 * @return a state that may follow {@link NoticeState#DRAFT}
	 */
	NoticeState first() {
		return this.first;
	}

	/**
	 * The states that the next update may have. An open state may be repeated: that is an
	 * update without a transition.
	 * @param state the present state
	 * @return in their usual order, empty at the end
	 */
	Set<NoticeState> next(NoticeState state) {
		return Collections.unmodifiableSet(this.next.getOrDefault(state, EnumSet.noneOf(NoticeState.class)));
	}

	/**
	 * Whether more is to be said.
	 * @param state a state
	 * @return false for drafts, and for whatever a closing update leads to
	 */
	boolean isOpen(NoticeState state) {
		return this.open.contains(state);
	}

	/**
	 * Whether an update with this state ends the notice; it is owed to everybody who got
	 * any of it.
	 * @param state a state
	 * @return false for drafts and open states
	 */
	boolean isClosing(NoticeState state) {
		return state != DRAFT && !isOpen(state);
	}

	/**
	 * Whether the notice may be called off.
	 * @param state the present state
	 * @return true for drafts of every kind (nothing was said) and where the table says
	 * so
	 */
	boolean isCancellable(NoticeState state) {
		return state == DRAFT || next(state).contains(CANCELLED);
	}

	private Lifecycle open(NoticeState... states) {
		for (NoticeState state : states) {
			this.open.add(state);
			this.next.put(state, EnumSet.of(state));
		}
		return this;
	}

	private Lifecycle from(NoticeState state, NoticeState... targets) {
		this.next.computeIfAbsent(state, (key) -> EnumSet.noneOf(NoticeState.class)).addAll(Set.of(targets));
		return this;
	}

}
