package io.punctual.notices.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.punctual.notices.audience.Components;
import io.punctual.shared.events.EventReaders;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import io.punctual.shared.time.DatabaseClock;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Checks what a request refers to: components that exist, updates of the same notice,
 * instants that can be.
 */
@Component
class References {

	/** A caller's clock may be this much ahead. */
	private static final Duration AHEAD = Duration.ofSeconds(5);

	private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

	/** How long a caller waits for news of a component that is not known yet. */
	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final Components components;

	private final Updates updates;

	private final EventReaders readers;

	private final DatabaseClock clock;

	References(Components components, Updates updates, EventReaders readers, DatabaseClock clock) {
		this.components = components;
		this.updates = updates;
		this.readers = readers;
		this.clock = clock;
	}

	void checkComponents(List<String> componentIds) {
		Set<String> unknown = this.components.unknown(componentIds);
		if (!unknown.isEmpty()) {
			catchUp();
			unknown = this.components.unknown(componentIds);
		}
		Set<String> seen = new HashSet<>();
		ProblemException problem = ProblemException.of(ProblemType.VALIDATION, "A component is wrong.");
		for (int i = 0; i < componentIds.size(); i++) {
			String componentId = componentIds.get(i);
			if (unknown.contains(componentId)) {
				problem.field("/components/" + i, "is not a component that is known here");
			}
			else if (!seen.add(componentId)) {
				problem.field("/components/" + i, "must not be there twice");
			}
		}
		if (!problem.errors().isEmpty()) {
			throw problem;
		}
	}

	void checkDetectedAt(@Nullable Instant detectedAt) {
		if (detectedAt == null) {
			return;
		}
		if (detectedAt.isBefore(EARLIEST)) {
			throw ProblemException.invalid("/detectedAt", "must not be before " + EARLIEST);
		}
		if (detectedAt.isAfter(this.clock.now().plus(AHEAD))) {
			throw ProblemException.invalid("/detectedAt", "must not be in the future");
		}
	}

	/**
	 * The scope may widen, so that nobody who was told of a notice falls out of it.
	 */
	void checkSaid(Notice notice, Said said) {
		List<String> components = said.components();
		if (components != null) {
			checkComponents(components);
			if (!components.containsAll(notice.components())) {
				throw ProblemException.invalid("/components",
						"must contain the present ones: say by an impact of NONE that one is well");
			}
		}
		if (said.corrects() != null && !this.updates.contains(notice.noticeId(), said.corrects())) {
			throw ProblemException.invalid("/corrects", "is not an update of this notice");
		}
	}

	/**
	 * A component may be so new that its event is still on the way. The reader needs a
	 * transaction of its own, so it reads on a thread of its own.
	 */
	private void catchUp() {
		try {
			Thread.ofVirtual().start(() -> this.readers.of("clients").pull()).join(PATIENCE);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
