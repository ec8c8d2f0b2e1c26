package io.punctual.delivery.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.punctual.delivery.dispatch.Updates;
import io.punctual.shared.contract.NoticeDetected;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;

import org.springframework.stereotype.Component;

/**
 * Takes over what was said and who is owed it.
 */
@Component
class NoticesSubscriber implements EventSubscriber {

	private final Updates updates;

	private final OwedPages pages;

	NoticesSubscriber(Updates updates, OwedPages pages) {
		this.updates = updates;
		this.pages = pages;
	}

	@Override
	public String source() {
		return "notices";
	}

	@Override
	public Set<String> types() {
		return Set.of(UpdatePublished.TYPE, UpdateOwed.TYPE);
	}

	@Override
	public Set<String> ignores() {
		return Set.of(NoticeDetected.TYPE, "notice.cancelled");
	}

	@Override
	public void apply(List<Event> events) {
		List<Updates.Said> said = new ArrayList<>();
		List<UpdateOwed> owed = new ArrayList<>();
		for (Event event : events) {
			if (event.type().equals(UpdatePublished.TYPE)) {
				said.add(new Updates.Said(event.data(UpdatePublished.class), event.correlationId()));
			}
			else {
				owed.add(event.data(UpdateOwed.class));
			}
		}
		// Each was said before anybody was owed it, so all that was said may come first.
		this.updates.save(said);
		this.pages.apply(owed);
	}

}
