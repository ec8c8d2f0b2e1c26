package io.punctual.delivery.replay;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.dispatch.ReplayedDeliveries;
import io.punctual.delivery.endpoint.Endpoint;
import io.punctual.delivery.endpoint.Endpoints;
import io.punctual.delivery.replay.Replay.Only;
import io.punctual.delivery.replay.Replay.State;
import io.punctual.shared.audit.Audit;
import io.punctual.shared.id.Ids;
import io.punctual.shared.idempotency.Idempotent;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import io.punctual.shared.security.ProviderRead;
import io.punctual.shared.security.ProviderWrite;
import io.punctual.shared.web.ETags;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The provider asks for an endpoint to be sent once more what it was owed in a time.
 */
@RestController
class ReplayController {

	/** Further back, and for more, a replay is asked for in parts. */
	static final Duration LONGEST = Duration.ofDays(31);

	static final int MOST = 10_000;

	private final Replays replays;

	private final ReplayedDeliveries deliveries;

	private final Endpoints endpoints;

	private final DeliveryClock clock;

	ReplayController(Replays replays, ReplayedDeliveries deliveries, Endpoints endpoints, DeliveryClock clock) {
		this.replays = replays;
		this.deliveries = deliveries;
		this.endpoints = endpoints;
		this.clock = clock;
	}

	@PostMapping("/v1/endpoints/{endpointId}/replays")
	@ProviderWrite
	@Idempotent
	ResponseEntity<View> replay(@PathVariable String endpointId, @Valid @RequestBody Form form) {
		Endpoint endpoint = this.endpoints.find(endpointId);
		if (endpoint == null || endpoint.contact() != null) {
			throw ProblemException.notFound(endpointId);
		}
		Instant now = this.clock.now();
		Replay replay = new Replay(Ids.next("rpl"), endpointId, endpoint.clientId(), form.since(),
				Objects.requireNonNullElse(form.until(), now), form.which(), State.RUNNING, 0, now, null);
		check(replay, now);
		String obstacle = endpoint.obstacle();
		if (obstacle != null) {
			throw ProblemException.of(ProblemType.ENDPOINT_UNVERIFIED, obstacle);
		}
		if (this.replays.isRunning(endpointId)) {
			throw ProblemException.of(ProblemType.CONFLICT, "A replay of this endpoint is running.");
		}
		if (this.deliveries.count(
				new ReplayedDeliveries.Range(endpointId, replay.since(), replay.until(), replay.only() == Only.ALL, ""),
				MOST + 1) > MOST) {
			throw ProblemException.invalid("/since", "takes more than " + MOST + " deliveries: ask for a shorter time");
		}
		this.replays.insert(replay);
		Audit.about(replay.replayId());
		Audit.about(replay.clientId());
		return ResponseEntity.accepted().location(URI.create("/v1/replays/" + replay.replayId())).body(View.of(replay));
	}

	private static void check(Replay replay, Instant now) {
		if (replay.until().isAfter(now)) {
			throw ProblemException.invalid("/until", "must not be in the future");
		}
		if (!replay.since().isBefore(replay.until())) {
			throw ProblemException.invalid("/since", "must be before until");
		}
		if (replay.since().isBefore(replay.until().minus(LONGEST))) {
			throw ProblemException.invalid("/since", "must be at most 31 days before until");
		}
	}

	@GetMapping("/v1/replays/{replayId}")
	@ProviderRead
	ResponseEntity<View> get(@PathVariable String replayId) {
		View view = this.replays.find(replayId).map(View::of).orElseThrow(() -> ProblemException.notFound(replayId));
		return ResponseEntity.ok().eTag(ETags.ofContent(view)).body(view);
	}

	/**
	 * What is asked for: the undelivered until now, if nothing else is said.
	 */
	record Form(@NotNull Instant since, @Nullable Instant until, @Nullable Which only) {

		Only which() {
			return (this.only == Which.all) ? Only.ALL : Only.UNDELIVERED;
		}

	}

	/**
	 * The API's words for {@link Only}.
	 */
	enum Which {

		undelivered, all

	}

	/**
	 * A replay as the API shows it.
	 */
	record View(String replayId, String endpointId, String clientId, Instant since, Instant until, String only,
			String state, int replayed, Instant createdAt, @Nullable Instant finishedAt) {

		static View of(Replay replay) {
			return new View(replay.replayId(), replay.endpointId(), replay.clientId(), replay.since(), replay.until(),
					replay.only().name().toLowerCase(Locale.ROOT), replay.state().name(), replay.replayed(),
					replay.createdAt(), replay.finishedAt());
		}

	}

}
