package io.punctual.shared.schema;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sets up how the schema is migrated as the service starts, if it is, and how its version
 * is known.
 */
@AutoConfiguration(before = FlywayAutoConfiguration.class, after = JdbcClientAutoConfiguration.class)
class SchemaAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	FlywayMigrationStrategy flywayMigrationStrategy() {
		return new CarefulMigration();
	}

	@Bean
	SchemaVersion schemaVersion(JdbcClient jdbc, Environment environment) {
		return new SchemaVersion(Migrations.versions(environment), jdbc);
	}

	@Bean
	SchemaHealthIndicator schemaHealthIndicator(SchemaVersion schemaVersion) {
		return new SchemaHealthIndicator(schemaVersion);
	}

}
