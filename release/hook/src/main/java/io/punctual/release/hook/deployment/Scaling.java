package io.punctual.release.hook.deployment;

/**
 * How many tasks a service has, and whether that may change by itself.
 */
public interface Scaling {

	/**
	 * Keeps the number of tasks where it is: no scaling, and no fewer than run now. Both
	 * colours must stand still while traffic moves.
	 * @param service the service
	 */
	void hold(String service);

	/**
	 * Lets it scale again between its own bounds.
	 * @param service the service
	 */
	void release(String service);

}
