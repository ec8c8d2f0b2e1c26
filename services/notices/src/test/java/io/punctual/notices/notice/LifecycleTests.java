package io.punctual.notices.notice;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of transitions.
 */
class LifecycleTests {

	private static final java.time.Instant NOW = java.time.Instant.parse("2026-11-23T10:00:00Z");

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			INCIDENT    | DRAFT         | INVESTIGATING
			INCIDENT    | INVESTIGATING | INVESTIGATING IDENTIFIED MONITORING RESOLVED
			INCIDENT    | IDENTIFIED    | INVESTIGATING IDENTIFIED MONITORING RESOLVED
			INCIDENT    | MONITORING    | INVESTIGATING IDENTIFIED MONITORING RESOLVED
			INCIDENT    | RESOLVED      | INVESTIGATING POSTMORTEM
			INCIDENT    | POSTMORTEM    |
			INCIDENT    | CANCELLED     |
			MAINTENANCE | DRAFT         | SCHEDULED
			MAINTENANCE | SCHEDULED     | CANCELLED SCHEDULED IN_PROGRESS
			MAINTENANCE | IN_PROGRESS   | IN_PROGRESS VERIFYING
			MAINTENANCE | VERIFYING     | VERIFYING COMPLETED
			MAINTENANCE | COMPLETED     |
			MAINTENANCE | CANCELLED     |
			ADVISORY    | DRAFT         | INTERIM
			ADVISORY    | INTERIM       | INTERIM FINAL WITHDRAWN
			ADVISORY    | FINAL         | INTERIM WITHDRAWN
			ADVISORY    | WITHDRAWN     |
			RELEASE     | DRAFT         | ANNOUNCED
			RELEASE     | ANNOUNCED     | WITHDRAWN ANNOUNCED AVAILABLE
			RELEASE     | AVAILABLE     | WITHDRAWN
			RELEASE     | WITHDRAWN     |
			""")
	void allowsWhatTheProductSays(NoticeKind kind, NoticeState from, String to) {
		Set<NoticeState> expected = EnumSet.noneOf(NoticeState.class);
		if (to != null) {
			for (String state : to.split(" ")) {
				expected.add(NoticeState.valueOf(state));
			}
		}
		assertThat(Lifecycle.of(kind).next(from)).isEqualTo(expected);
	}

	@ParameterizedTest
	@EnumSource
	void leadsFromTheDraftToAnEndAndNeverBackToTheDraft(NoticeKind kind) {
		Lifecycle lifecycle = Lifecycle.of(kind);
		Set<NoticeState> reached = EnumSet.of(NoticeState.DRAFT);
		Deque<NoticeState> todo = new ArrayDeque<>(reached);
		while (!todo.isEmpty()) {
			for (NoticeState next : lifecycle.next(todo.poll())) {
				if (reached.add(next)) {
					todo.add(next);
				}
			}
		}
		assertThat(reached).anyMatch(lifecycle::isClosing).anyMatch(lifecycle::isOpen);
		assertThat(reached).allSatisfy((state) -> {
			assertThat(lifecycle.next(state)).doesNotContain(NoticeState.DRAFT);
			// Whatever is open can be closed.
			if (lifecycle.isOpen(state)) {
				assertThat(lifecycle.next(state)).contains(state);
			}
		});
		assertThat(lifecycle.next(NoticeState.DRAFT)).contains(lifecycle.first());
	}

	@Property(tries = 500)
	void aNoticeFollowsItsTableWhateverIsAskedOfIt(@ForAll NoticeKind kind, @ForAll List<NoticeState> wishes) {
		Notice notice = new Notice(kind, Severity.MAJOR, "A title", List.of("cmp_1"), false, null, null, "somebody",
				NOW);
		int said = 0;
		for (NoticeState wish : wishes) {
			NoticeState before = notice.state();
			boolean legal = Lifecycle.of(kind).next(before).contains(wish);
			try {
				NoticeState next = notice.next(wish, false);
				assertThat(legal).isTrue();
				assertThat(notice.say(next, "A title", Severity.MAJOR, notice.components(), null, NOW))
					.isEqualTo(++said);
				assertThat(notice.closedAt() != null).isEqualTo(Lifecycle.of(kind).isClosing(next));
			}
			catch (ProblemException ex) {
				assertThat(legal).isFalse();
				assertThat(ex.type()).isEqualTo(ProblemType.ILLEGAL_TRANSITION);
				assertThat(ex.members().get("allowed")).isEqualTo(List.copyOf(Lifecycle.of(kind).next(before)));
				assertThat(notice.state()).isEqualTo(before);
			}
		}
	}

	@Test
	void aCorrectionMayKeepAClosedState() {
		Notice notice = new Notice(NoticeKind.INCIDENT, Severity.MAJOR, "A title", List.of("cmp_1"), false, null, null,
				"somebody", NOW);
		notice.say(NoticeState.INVESTIGATING, "A title", Severity.MAJOR, notice.components(), null, NOW);
		notice.say(NoticeState.RESOLVED, "A title", Severity.MAJOR, notice.components(), null, NOW);
		assertThat(notice.next(null, true)).isEqualTo(NoticeState.RESOLVED);
	}

}
