package io.punctual.shared.release;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Knows by looks at the database whether this instance's release may work. It says that
 * the release lives, and lets it take over from a dead one.
 */
class Guard {

	private final Releases releases;

	private final String self;

	private final Duration heartbeat;

	private final Duration deadAfter;

	private final LongSupplier nanoTime;

	/** Whether the last look succeeded. */
	private boolean inContact;

	private long lastContact;

	private long contactSince;

	private long lastBeat;

	private ReleaseState state = ReleaseState.STANDBY;

	Guard(Releases releases, String self, Duration heartbeat, Duration deadAfter, LongSupplier nanoTime) {
		this.releases = releases;
		this.self = self;
		this.heartbeat = heartbeat;
		this.deadAfter = deadAfter;
		this.nanoTime = nanoTime;
	}

	/**
	 * Look at the database.
	 * @return the state of this instance's release
	 */
	ReleaseState look() {
		long now = this.nanoTime.getAsLong();
		if (!this.inContact || now - this.lastBeat >= this.heartbeat.toNanos()) {
			this.releases.beat(this.self);
			this.lastBeat = now;
		}
		List<Release> all = this.releases.all();
		contact(this.nanoTime.getAsLong());
		this.state = stateIn(all);
		if (this.state == ReleaseState.DRAINING && hasLongBeenInContact() && this.releases.isHeir(this.self, all)
				&& this.releases.takeOver(this.self)) {
			this.state = ReleaseState.ACTIVE;
		}
		return this.state;
	}

	/**
	 * A look has failed.
	 * @return what holds while the database cannot be reached: the last state, until
	 * another release may have taken over
	 */
	ReleaseState withoutContact() {
		this.inContact = false;
		if (this.state == ReleaseState.ACTIVE
				&& this.nanoTime.getAsLong() - this.lastContact > this.deadAfter.toNanos()) {
			this.state = ReleaseState.DRAINING;
		}
		return this.state;
	}

	private ReleaseState stateIn(List<Release> all) {
		return all.stream()
			.filter((release) -> release.release().equals(this.self))
			.map(Release::state)
			.findFirst()
			.orElse(ReleaseState.STANDBY);
	}

	/**
	 * After an outage everybody's heartbeat is old. Who has just come back cannot tell a
	 * dead release from one that comes back a moment later, so it waits as long as the
	 * other one has to be silent. A look that was late is a break like any other.
	 */
	private void contact(long now) {
		if (!this.inContact || now - this.lastContact > this.deadAfter.dividedBy(2).toNanos()) {
			this.contactSince = now;
		}
		this.inContact = true;
		this.lastContact = now;
	}

	private boolean hasLongBeenInContact() {
		return this.lastContact - this.contactSince >= this.deadAfter.toNanos();
	}

}
