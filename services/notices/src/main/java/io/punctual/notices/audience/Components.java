package io.punctual.notices.audience;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The components that this service knows of.
 */
@Repository
public class Components {

	private final JdbcClient jdbc;

	Components(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * What people call them, by the replica.
	 * @param componentIds components
	 * @return by their id, in the order of the names; without those that are not known
	 */
	public Map<String, String> names(Collection<String> componentIds) {
		Map<String, String> names = new LinkedHashMap<>();
		if (!componentIds.isEmpty()) {
			this.jdbc.sql(
					"SELECT component_id, name FROM component WHERE component_id IN (:ids) ORDER BY name, component_id")
				.param("ids", componentIds)
				.query((row) -> {
					names.put(row.getString(1), row.getString(2));
				});
		}
		return names;
	}

	/**
	 * Those that do not exist, by the replica.
	 * @param componentIds what a caller has named
	 * @return empty if all is well
	 */
	public Set<String> unknown(Collection<String> componentIds) {
		Set<String> unknown = new HashSet<>(componentIds);
		if (!unknown.isEmpty()) {
			this.jdbc.sql("SELECT component_id FROM component WHERE component_id IN (:ids)")
				.param("ids", componentIds)
				.query(String.class)
				.list()
				.forEach(unknown::remove);
		}
		return unknown;
	}

}
