package io.punctual.local.launcher.demo;

import java.time.Duration;

/**
 * A client of the demo: what it was promised, how its receiver behaves, and what must
 * come of it.
 *
 * @param name the client's name
 * @param promise its promise, in words
 * @param calendar the calendar in which the promise counts
 * @param target the working time in which it is to be told
 * @param behaviour how its receiver behaves
 */
record Role(String name, String promise, Calendar calendar, Duration target, Behaviour behaviour) {

	static final Role BANK = new Role("Aurora Bank", "1 min, always", Calendar.ALWAYS, Duration.ofMinutes(1),
			Behaviour.HEALTHY);

	static final Role LOGISTICS = new Role("Birch Logistics", "5 min, always", Calendar.ALWAYS, Duration.ofMinutes(5),
			Behaviour.TROUBLED);

	static final Role CLINIC = new Role("Cedar Clinic", "30 min, Mon-Fri 9-17 London", Calendar.BUSINESS_HOURS,
			Duration.ofMinutes(30), Behaviour.HEALTHY);

	static final Role GAMES = new Role("Dune Games", "1 min, always", Calendar.ALWAYS, Duration.ofMinutes(1),
			Behaviour.DEAD);

	static final Role COUNCIL = new Role("Elm Council", "5 min, always, by mail", Calendar.ALWAYS,
			Duration.ofMinutes(5), Behaviour.MAILED);

	boolean isToldInTime() {
		return this.behaviour != Behaviour.DEAD;
	}

	/**
	 * When a promise counts.
	 */
	enum Calendar {

		ALWAYS, BUSINESS_HOURS

	}

	/**
	 * How a receiver behaves.
	 */
	enum Behaviour {

		/** Takes everything. */
		HEALTHY,
		/** Fails for twenty seconds from the first update on. */
		TROUBLED,
		/** Is a person with a mailbox. */
		MAILED,
		/** Proved that it was there, and is gone when it matters. */
		DEAD;

		Duration trouble() {
			return (this == TROUBLED) ? Duration.ofSeconds(20) : Duration.ZERO;
		}

	}

}
