package io.punctual.release.hook.deployment;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.punctual.release.hook.check.Services;

/**
 * What a function is told by its environment.
 */
public final class Settings {

	private static final List<String> SERVICES = List.of("clients", "notices", "delivery", "sla");

	private Settings() {
	}

	/**
	 * A variable that must be there.
	 * @param variables the environment
	 * @param name the variable's name
	 * @return its value
	 */
	public static String need(Map<String, String> variables, String name) {
		String value = variables.get(name);
		if (value == null || value.isBlank()) {
			throw new IllegalStateException(name + " is not set");
		}
		return value;
	}

	/**
	 * The services' addresses: {@code PUNCTUAL_LIVE_CLIENTS} …, {@code PUNCTUAL_GREEN}.
	 * @param variables the environment
	 * @return where they are
	 */
	public static Services services(Map<String, String> variables) {
		return new Services(need(variables, "PUNCTUAL_SERVICE"), need(variables, "PUNCTUAL_GREEN"), live(variables));
	}

	static Map<String, String> live(Map<String, String> variables) {
		Map<String, String> live = new HashMap<>();
		for (String service : SERVICES) {
			live.put(service, need(variables, "PUNCTUAL_LIVE_" + service.toUpperCase(Locale.ROOT)));
		}
		return live;
	}

}
