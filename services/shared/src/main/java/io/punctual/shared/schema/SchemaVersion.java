package io.punctual.shared.schema;

import java.util.HashSet;
import java.util.Set;

import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Knows whether the schema has the version that this release was built for, or a later
 * one: whoever migrated it, this process or another.
 */
public class SchemaVersion {

	private final Set<String> builtFor;

	private final JdbcClient jdbc;

	/** A schema never goes back, so it is asked until it was right once. */
	private volatile boolean ready;

	SchemaVersion(Set<String> builtFor, JdbcClient jdbc) {
		this.builtFor = Set.copyOf(builtFor);
		this.jdbc = jdbc;
	}

	/**
	 * Return whether every migration that this release brings is applied. A later
	 * release's schema has them all, and more.
	 */
	public boolean isReady() {
		if (!this.ready) {
			this.ready = missing().isEmpty();
		}
		return this.ready;
	}

	/** The versions that the schema still lacks. */
	Set<String> missing() {
		Set<String> missing = new HashSet<>(this.builtFor);
		try {
			missing.removeAll(
					this.jdbc.sql("SELECT version FROM flyway_schema_history WHERE success AND version IS NOT NULL")
						.query(String.class)
						.set());
		}
		catch (BadSqlGrammarException ex) {
			// There is no history yet, so there is nothing else either.
			return missing;
		}
		return missing;
	}

}
