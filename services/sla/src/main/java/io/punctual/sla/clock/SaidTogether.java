package io.punctual.sla.clock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.punctual.shared.contract.NoticeCancelled;
import io.punctual.shared.contract.NoticeDetected;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.events.Event;

/**
 * Consecutive events that may be applied together, kind by kind: what is said of one
 * notice keeps its order, and of different notices none depends on the other.
 */
class SaidTogether {

	/** The kinds in the order in which they are applied. */
	private static final List<String> ORDER = List.of(NoticeDetected.TYPE, UpdatePublished.TYPE, UpdateOwed.TYPE,
			NoticeCancelled.TYPE);

	/** Of so many obligations a page may consist already, so there is no use in more. */
	private static final int MOST_OWED = 1000;

	private final Map<String, Integer> last = new HashMap<>();

	private int owing;

	private final List<Of<NoticeDetected>> detected = new ArrayList<>();

	private final List<Of<UpdatePublished>> published = new ArrayList<>();

	private final List<Of<UpdateOwed>> owed = new ArrayList<>();

	private final List<Of<NoticeCancelled>> cancelled = new ArrayList<>();

	/**
	 * Whether an event can be applied together with those that are here: not if its
	 * notice's last one would be applied after it, nor the second update of a notice.
	 */
	boolean takes(Event event) {
		int kind = ORDER.indexOf(event.type());
		int before = this.last.getOrDefault(event.subject(), -1);
		return this.owing < MOST_OWED
				&& (kind > before || (kind == before && !event.type().equals(UpdatePublished.TYPE)));
	}

	void add(Event event) {
		this.last.put(event.subject(), ORDER.indexOf(event.type()));
		switch (event.type()) {
			case NoticeDetected.TYPE -> this.detected.add(new Of<>(event, event.data(NoticeDetected.class)));
			case UpdatePublished.TYPE -> this.published.add(new Of<>(event, event.data(UpdatePublished.class)));
			case UpdateOwed.TYPE -> {
				UpdateOwed page = event.data(UpdateOwed.class);
				this.owing += page.owed().size();
				this.owed.add(new Of<>(event, page));
			}
			default -> this.cancelled.add(new Of<>(event, event.data(NoticeCancelled.class)));
		}
	}

	List<Of<NoticeDetected>> detected() {
		return this.detected;
	}

	List<Of<UpdatePublished>> published() {
		return this.published;
	}

	List<Of<UpdateOwed>> owed() {
		return this.owed;
	}

	List<Of<NoticeCancelled>> cancelled() {
		return this.cancelled;
	}

	/**
	 * An event and what it says.
	 */
	record Of<T>(Event event, T data) {
	}

}
