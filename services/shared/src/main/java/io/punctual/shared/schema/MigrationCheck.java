package io.punctual.shared.schema;

import java.util.Set;
import java.util.TreeSet;

/**
 * Every migration that this release brings is in the schema's history.
 */
class MigrationCheck implements SchemaCheck {

	private final Set<String> versions;

	private final SchemaVersion schema;

	MigrationCheck(Set<String> versions, SchemaVersion schema) {
		this.versions = versions;
		this.schema = schema;
	}

	@Override
	public String what() {
		return "migrations";
	}

	@Override
	public long check() {
		Set<String> missing = new TreeSet<>(this.schema.missing());
		if (!missing.isEmpty()) {
			throw new UnsoundSchemaException("The history lacks the migrations " + String.join(", ", missing));
		}
		return this.versions.size();
	}

}
