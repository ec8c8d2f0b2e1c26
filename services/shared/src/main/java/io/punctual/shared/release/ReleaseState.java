package io.punctual.shared.release;

/**
 * What a release may do: HTTP it always answers.
 */
enum ReleaseState {

	/** It waits to be validated. */
	STANDBY,

	/** It does the background work. */
	ACTIVE,

	/** It finishes what it has begun, and stands ready to take over. */
	DRAINING,

	/** It was found to be bad and never works by itself again. */
	REJECTED

}
