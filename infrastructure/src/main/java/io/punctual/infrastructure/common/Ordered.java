package io.punctual.infrastructure.common;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Maps that keep the order in which they are written: a template must be the same at each
 * synthesis, which {@code Map.of} is not.
 */
public final class Ordered {

	private Ordered() {
	}

	/**
	 * A map of names and values in turn.
	 */
	@SuppressWarnings("unchecked")
	public static <V> Map<String, V> map(String name, V value, Object... more) {
		Map<String, V> map = new LinkedHashMap<>();
		map.put(name, value);
		for (int i = 0; i < more.length; i += 2) {
			map.put((String) more[i], (V) more[i + 1]);
		}
		return Collections.unmodifiableMap(map);
	}

}
