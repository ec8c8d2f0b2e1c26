package io.punctual.shared.events;

import java.util.List;
import java.util.function.ToIntBiFunction;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lets a person see what the readers have parked, apply it again or give it up.
 */
@RestController
class ParkedEventsController {

	static final int MOST = 500;

	private static final Logger logger = LoggerFactory.getLogger(ParkedEventsController.class);

	private final InboxTables tables;

	private final ParkedEvents parked;

	ParkedEventsController(InboxTables tables, ParkedEvents parked) {
		this.tables = tables;
		this.parked = parked;
	}

	@GetMapping("/internal/parked-events")
	Items parked() {
		return new Items(this.tables.parked(MOST));
	}

	@PostMapping("/internal/parked-events/{eventId}/replay")
	Replayed replay(@PathVariable String eventId) {
		ParkedEvent event = find(eventId);
		try {
			return new Replayed(event.source(), event.subject(), mend(event, this.parked::replay, "replayed"));
		}
		catch (ProblemException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			if (Surroundings.explain(ex)) {
				throw ex;
			}
			logger.warn("Event {} ({} of {}) still cannot be applied", eventId, event.type(), event.subject(), ex);
			throw ProblemException.of(ProblemType.CONFLICT,
					"Events of " + event.subject() + " still cannot be applied; the log says why. All stay parked.");
		}
	}

	@PostMapping("/internal/parked-events/{eventId}/discard")
	Discarded discard(@PathVariable String eventId) {
		ParkedEvent event = find(eventId);
		return new Discarded(event.source(), event.subject(), mend(event, this.parked::discard, "given up"));
	}

	private int mend(ParkedEvent event, ToIntBiFunction<String, String> how, String done) {
		int count = how.applyAsInt(event.source(), event.subject());
		logger.warn("{} parked events of {} about {} were {}", count, event.source(), event.subject(), done);
		return count;
	}

	private ParkedEvent find(String eventId) {
		return this.tables.parkedWithId(eventId).orElseThrow(() -> ProblemException.notFound(eventId));
	}

	/**
	 * What is parked, up to {@link #MOST}.
	 */
	record Items(List<ParkedEvent> items) {
	}

	/**
	 * What was applied.
	 *
	 * @param source the service that told it
	 * @param subject what it was about
	 * @param replayed how many events: all that were parked of the subject
	 */
	record Replayed(String source, String subject, int replayed) {
	}

	/**
	 * What was given up.
	 *
	 * @param source the service that told it
	 * @param subject what it was about
	 * @param discarded how many events: all that were parked of the subject
	 */
	record Discarded(String source, String subject, int discarded) {
	}

}
