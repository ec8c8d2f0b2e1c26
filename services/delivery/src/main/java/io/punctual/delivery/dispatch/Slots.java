package io.punctual.delivery.dispatch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How many endpoints this instance sends to at once: four fifths for work that can still
 * be in time, one fifth for work that is late, so that neither starves the other.
 */
final class Slots {

	private static final int LATE_FRACTION = 5;

	private final Map<Boolean, Integer> free = new HashMap<>();

	private final Map<String, Integer> inTimeOf = new HashMap<>();

	private final int half;

	private final int inTime;

	Slots(int total) {
		int late = Math.max(1, total / LATE_FRACTION);
		this.free.put(true, late);
		this.inTime = Math.max(1, total - late);
		this.free.put(false, this.inTime);
		this.half = Math.max(1, (total - late) / 2);
	}

	synchronized int free(boolean late) {
		return this.free.getOrDefault(late, 0);
	}

	/** The part of the slots for work in time that is taken. */
	synchronized double saturation() {
		return 1 - (double) free(false) / this.inTime;
	}

	/** The clients that have half of the slots and wait while others do. */
	synchronized Set<String> saturated() {
		Set<String> clients = new HashSet<>();
		this.inTimeOf.forEach((client, count) -> {
			if (count >= this.half) {
				clients.add(client);
			}
		});
		return clients;
	}

	/**
	 * Takes a slot, but no more than half of them for one client.
	 * @return the slot, or null if there is none
	 */
	synchronized @Nullable Slot takeFairly(String clientId, boolean late) {
		return (this.inTimeOf.getOrDefault(clientId, 0) < this.half) ? take(clientId, late) : null;
	}

	synchronized @Nullable Slot take(String clientId, boolean late) {
		int left = this.free.getOrDefault(late, 0);
		if (left == 0) {
			return null;
		}
		this.free.put(late, left - 1);
		if (!late) {
			this.inTimeOf.merge(clientId, 1, Integer::sum);
		}
		return new Slot(clientId, late);
	}

	synchronized void giveBack(Slot slot) {
		this.free.merge(slot.late(), 1, Integer::sum);
		if (!slot.late()) {
			this.inTimeOf.computeIfPresent(slot.clientId(), (client, count) -> (count > 1) ? count - 1 : null);
		}
	}

	/**
	 * A slot that is taken.
	 */
	record Slot(String clientId, boolean late) {
	}

}
