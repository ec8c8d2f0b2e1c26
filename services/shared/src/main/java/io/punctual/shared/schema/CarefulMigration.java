package io.punctual.shared.schema;

import java.util.Arrays;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/**
 * Migrates, also where an earlier attempt failed halfway. MySQL keeps what a migration
 * did before it failed; every migration can be run again, so it is.
 */
public class CarefulMigration implements FlywayMigrationStrategy {

	private static final Logger logger = LoggerFactory.getLogger(CarefulMigration.class);

	@Override
	public void migrate(Flyway flyway) {
		MigrationInfo[] all = flyway.info().all();
		boolean failed = Arrays.stream(all).anyMatch(CarefulMigration::hasFailed);
		// A repair would also accept migrations that were changed afterwards: never that.
		if (failed && Arrays.stream(all).allMatch(MigrationInfo::isChecksumMatching)) {
			logger.warn("An earlier migration failed halfway; it is run again");
			flyway.repair();
		}
		flyway.migrate();
	}

	private static boolean hasFailed(MigrationInfo migration) {
		return migration.getState() == MigrationState.FAILED || migration.getState() == MigrationState.FUTURE_FAILED;
	}

}
