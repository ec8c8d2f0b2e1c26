package io.punctual.shared.events;

import java.io.IOException;
import java.time.Duration;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves this service's log to the other services.
 */
@RestController
class EventLogController {

	/**
	 * The longest wait of a poll, in seconds: shorter than what any proxy on the way
	 * allows.
	 */
	static final int MAX_WAIT_SECONDS = 25;

	static final int MAX_LIMIT = 1000;

	static final int MAX_GATHER_MILLIS = 1000;

	private final LogPages pages;

	private final SnapshotWriter snapshots;

	EventLogController(LogPages pages, SnapshotWriter snapshots) {
		this.pages = pages;
		this.snapshots = snapshots;
	}

	@GetMapping("/internal/events")
	ResponseEntity<byte[]> events(@RequestParam(defaultValue = "0") long after,
			@RequestParam(defaultValue = "0") int wait, @RequestParam(defaultValue = "500") int limit,
			@RequestParam(defaultValue = "0") int gather) {
		requireRange("after", after, Long.MAX_VALUE - 1, 0);
		requireRange("wait", wait, MAX_WAIT_SECONDS, 0);
		requireRange("limit", limit, MAX_LIMIT, 1);
		requireRange("gather", gather, MAX_GATHER_MILLIS, 0);
		EventPage page = this.pages.read(after, limit, Duration.ofSeconds(wait), Duration.ofMillis(gather));
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.body(EventJson.MAPPER.writeValueAsBytes(page));
	}

	@GetMapping("/internal/snapshot")
	void snapshot(HttpServletResponse response) throws IOException {
		if (!this.snapshots.isPossible()) {
			throw ProblemException.of(ProblemType.NOT_FOUND, "This service tells no snapshot of its state.");
		}
		response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
		this.snapshots.writeTo(response.getOutputStream());
	}

	private static void requireRange(String name, long value, long most, long least) {
		if (value < least || value > most) {
			throw ProblemException.invalid(name, "must be from " + least + " to " + most);
		}
	}

}
