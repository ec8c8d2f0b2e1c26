package io.punctual.infrastructure.alarm;

/**
 * How soon a person has to know.
 */
public enum Urgency {

	/**
	 * Now, at night too: a promise is being broken or soon will be.
	 */
	PAGE,

	/**
	 * In working hours.
	 */
	TICKET,

	/**
	 * Only as a part of a composite alarm.
	 */
	NONE

}
