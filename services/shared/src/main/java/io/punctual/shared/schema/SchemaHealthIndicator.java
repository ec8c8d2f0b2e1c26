package io.punctual.shared.schema;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Says whether the schema is at least at the version that this release was built for.
 */
class SchemaHealthIndicator extends AbstractHealthIndicator {

	private final SchemaVersion schema;

	SchemaHealthIndicator(SchemaVersion schema) {
		super("The schema cannot be examined");
		this.schema = schema;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		if (this.schema.isReady()) {
			builder.up();
		}
		else {
			builder.status(Status.OUT_OF_SERVICE).withDetail("missing", this.schema.missing());
		}
	}

}
