package io.punctual.notices.audience;

import java.util.Collection;
import java.util.HashSet;
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
