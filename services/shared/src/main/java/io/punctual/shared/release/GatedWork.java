package io.punctual.shared.release;

/**
 * Background work that begins when the gate opens and ends when it closes or the service
 * stops; either may happen more than once. All beans of this type are found.
 */
public interface GatedWork {

	/** Begin. */
	void startWork();

	/**
	 * Take on nothing more, and return when what was begun is finished.
	 */
	void stopWork();

}
