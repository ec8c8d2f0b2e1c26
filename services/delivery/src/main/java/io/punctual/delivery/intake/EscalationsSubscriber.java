package io.punctual.delivery.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
 * retried, mailed and kept as evidence like any other. Whoever was told that one is open
 * is told who looks at it, and that it is over.
 */
@Component
class EscalationsSubscriber implements EventSubscriber, AwaitedMessages.Awaiting {

	private static final Logger logger = LoggerFactory.getLogger(EscalationsSubscriber.class);

	/** Nobody is called for what is older. */
	private static final Duration NEWS = Duration.ofDays(1);

	/** So long a call may still be on its way: it is closed until then. */
	private static final Duration CLOSED = Duration.ofDays(3);

	/** What a release before this one cannot send. */
	private static final Set<String> FOLLOWING = Set.of(EscalationsChanged.ACKNOWLEDGED, EscalationsChanged.RESOLVED);

	private final OnCall onCall;

	private final Updates updates;

	private final OwedPages pages;

	private final DeliveryClock clock;

	private final AwaitedEvents awaited;

	private final MessageSenders senders;

	EscalationsSubscriber(OnCall onCall, Updates updates, OwedPages pages, DeliveryClock clock, AwaitedEvents awaited,
			MessageSenders senders) {
		this.onCall = onCall;
		this.updates = updates;
		this.pages = pages;
		this.clock = clock;
		this.awaited = awaited;
		this.senders = senders;
	}

	@Override
	public String source() {
		return "sla";
	}

	@Override
	public Set<String> types() {
		return Set.of(EscalationsChanged.OPENED, EscalationsChanged.ACKNOWLEDGED, EscalationsChanged.RESOLVED);
	}

	@Override
	public Set<String> ignores() {
		return Set.of(ClockJudged.AT_RISK, ClockJudged.BREACHED, ClockJudged.MET);
	}

	@Override
	public Set<String> awaited() {
		return FOLLOWING;
	}

	@Override
	public void catchUp() {
		tell(this.awaited.ready(List.of(), FOLLOWING));
	}

	@Override
	public void apply(List<Event> events) {
		List<Event> following = events.stream().filter((event) -> FOLLOWING.contains(event.type())).toList();
		List<Event> all = new ArrayList<>(
				events.stream().filter((event) -> !FOLLOWING.contains(event.type())).toList());
		if (!following.isEmpty()) {
			all.addAll(this.awaited.ready(following, FOLLOWING));
			all.sort(Comparator.comparingLong(Event::position));
		}
		tell(all);
	}

	private void tell(List<Event> events) {
		Instant now = this.clock.now();
		List<Event> news = events.stream().filter((event) -> event.time().isAfter(now.minus(age(event)))).toList();
		Optional<OnCall.Reachable> reachable = this.onCall.reachable();
		if (reachable.isEmpty()) {
			news.stream()
				.filter((event) -> EscalationsChanged.OPENED.equals(event.type()))
				.forEach((event) -> logger.warn("Nobody is told of {} escalations of {}: see /v1/on-call",
						event.data(EscalationsChanged.class).items().size(), event.subject()));
			return;
		}
		// A release that knows nothing of the list would send other bytes at the next
		// attempt.
		boolean listed = this.senders.canSend(FOLLOWING);
		List<Updates.Said> said = new ArrayList<>();
		List<UpdateOwed> owed = new ArrayList<>();
		for (Event event : news) {
			EscalationsChanged changed = event.data(EscalationsChanged.class);
			EscalationUpdate update = EscalationUpdate.of(event.type(), changed, now);
			said.add(Updates.Said.ofEscalations(update.published(), event.correlationId(), listed ? changed : null));
			owed.add(update.owedTo(reachable.get()));
		}
		this.updates.save(said);
		this.pages.apply(owed);
	}

	private static Duration age(Event event) {
		return EscalationsChanged.RESOLVED.equals(event.type()) ? CLOSED : NEWS;
	}

}
