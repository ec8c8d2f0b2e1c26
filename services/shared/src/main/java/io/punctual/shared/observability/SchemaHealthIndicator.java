package io.punctual.shared.observability;

import org.flywaydb.core.Flyway;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Says whether the schema is at least at the version that this release was built for.
 */
class SchemaHealthIndicator extends AbstractHealthIndicator {

	private final Flyway flyway;

	/** A schema never goes back, so it is asked until it was right once. */
	private volatile boolean migrated;

	SchemaHealthIndicator(Flyway flyway) {
		super("The schema cannot be examined");
		this.flyway = flyway;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		if (!this.migrated) {
			this.migrated = this.flyway.info().pending().length == 0;
		}
		builder.status((this.migrated) ? Status.UP : Status.OUT_OF_SERVICE);
	}

}
