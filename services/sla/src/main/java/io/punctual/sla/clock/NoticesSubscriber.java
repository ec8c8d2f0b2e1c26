package io.punctual.sla.clock;

import java.util.List;
import java.util.Set;

import io.punctual.shared.contract.NoticeCancelled;
import io.punctual.shared.contract.NoticeDetected;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;
import org.springframework.stereotype.Component;

/**
 * Turns what was said, and who is owed it, into clocks: many publications at the price of
 * one.
 */
@Component
class NoticesSubscriber implements EventSubscriber {

	private final SaidThings said;

	private final ClockTimer timer;

	NoticesSubscriber(SaidThings said, ClockTimer timer) {
		this.said = said;
		this.timer = timer;
	}

	@Override
	public String source() {
		return "notices";
	}

	@Override
	public Set<String> types() {
		return Set.of(NoticeDetected.TYPE, UpdatePublished.TYPE, UpdateOwed.TYPE, NoticeCancelled.TYPE);
	}

	@Override
	public void apply(List<Event> events) {
		SaidTogether together = new SaidTogether();
		for (Event event : events) {
			if (!together.takes(event)) {
				this.said.apply(together);
				together = new SaidTogether();
			}
			together.add(event);
		}
		this.said.apply(together);
		this.timer.wakeAfterCommit();
	}

}
