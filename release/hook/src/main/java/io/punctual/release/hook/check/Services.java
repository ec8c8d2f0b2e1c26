package io.punctual.release.hook.check;

import java.util.Map;

/**
 * Where the services answer: each at its production listener, the one that is deployed at
 * its test listener.
 *
 * @param service the one that is deployed
 * @param green its test listener
 * @param live the production listeners, by service
 */
public record Services(String service, String green, Map<String, String> live) {

	public String live(String name) {
		String base = this.live.get(name);
		if (base == null) {
			throw new CheckException("no address of " + name);
		}
		return base;
	}

	/**
	 * The base address at which a service is tried: green where it is the one that is
	 * deployed.
	 */
	String tried(String name) {
		return name.equals(this.service) ? this.green : live(name);
	}

}
