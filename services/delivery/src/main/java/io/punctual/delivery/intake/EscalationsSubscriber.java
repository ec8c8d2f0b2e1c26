package io.punctual.delivery.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.dispatch.Updates;
import io.punctual.delivery.endpoint.OnCall;
import io.punctual.shared.contract.ClockJudged;
import io.punctual.shared.contract.EscalationsChanged;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Tells the provider's on-call of escalations, as an update that it is owed: signed,
 * retried, mailed and kept as evidence like any other.
 */
@Component
class EscalationsSubscriber implements EventSubscriber {

	private static final Logger logger = LoggerFactory.getLogger(EscalationsSubscriber.class);

	/** Nobody is called for what is older. */
	private static final Duration NEWS = Duration.ofDays(1);

	private final OnCall onCall;

	private final Updates updates;

	private final OwedPages pages;

	private final DeliveryClock clock;

	EscalationsSubscriber(OnCall onCall, Updates updates, OwedPages pages, DeliveryClock clock) {
		this.onCall = onCall;
		this.updates = updates;
		this.pages = pages;
		this.clock = clock;
	}

	@Override
	public String source() {
		return "sla";
	}

	@Override
	public Set<String> types() {
		return Set.of(EscalationsChanged.OPENED);
	}

	@Override
	public Set<String> ignores() {
		return Set.of(ClockJudged.AT_RISK, ClockJudged.BREACHED, ClockJudged.MET, "statement.closed",
				EscalationsChanged.ACKNOWLEDGED, EscalationsChanged.RESOLVED);
	}

	@Override
	public void apply(List<Event> events) {
		Instant now = this.clock.now();
		List<Event> news = events.stream().filter((event) -> event.time().isAfter(now.minus(NEWS))).toList();
		Optional<OnCall.Reachable> reachable = this.onCall.reachable();
		if (reachable.isEmpty()) {
			news.forEach((event) -> logger.warn("Nobody is told of {} escalations of {}: see /v1/on-call",
					event.data(EscalationsChanged.class).items().size(), event.subject()));
			return;
		}
		List<Updates.Said> said = new ArrayList<>();
		List<UpdateOwed> owed = new ArrayList<>();
		for (Event event : news) {
			EscalationUpdate update = EscalationUpdate.of(event.data(EscalationsChanged.class), now);
			said.add(new Updates.Said(update.published(), event.correlationId()));
			owed.add(update.owedTo(reachable.get()));
		}
		this.updates.save(said);
		this.pages.apply(owed);
	}

}
