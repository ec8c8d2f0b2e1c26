package io.punctual.sla.clock;

import java.time.Instant;

import io.punctual.shared.calendar.WorkingCalendar.Interval;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a clock stands still because somebody of the provider said so. The
 * client can read it.
 *
 * @param holdId the hold
 * @param from since when, by the database's clock
 * @param until when it ended, excluded; null while it lasts
 * @param reason why
 * @param by the subject of the token that placed it; null where a client reads it
 * @param endedBy the subject of the token that ended it; null while it lasts, or if the
 * clock was stopped or voided meanwhile
 */
public record Hold(String holdId, Instant from, @Nullable Instant until, String reason, @Nullable String by,
		@Nullable String endedBy) {

	/** As a client reads it: who of the provider it was is no business of its own. */
	Hold withoutPersons() {
		return new Hold(this.holdId, this.from, this.until, this.reason, null, null);
	}

	/**
	 * The time it takes.
	 * @param now until when, if it lasts
	 * @return an interval, perhaps empty
	 */
	public Interval interval(Instant now) {
		return new Interval(this.from, (this.until != null) ? this.until : now);
	}

}
