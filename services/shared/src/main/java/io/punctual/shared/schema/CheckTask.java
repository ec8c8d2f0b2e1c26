package io.punctual.shared.schema;

import java.util.Set;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Only what a check needs: the connections as the service has them, and the checks. What
 * belongs to it is named in
 * {@code META-INF/spring/io.punctual.shared.schema.CheckTask.imports}, so that a service
 * and its surroundings can add theirs.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration
class CheckTask {

	@Bean
	@Order(1)
	SchemaCheck migrations(JdbcClient jdbc, Environment environment) {
		Set<String> versions = Migrations.versions(environment);
		return new MigrationCheck(versions, new SchemaVersion(versions, jdbc));
	}

	@Bean
	@Order(2)
	SchemaCheck events(JdbcClient jdbc) {
		return new EventLogCheck(jdbc);
	}

	@Bean
	CheckRun checkRun(ObjectProvider<SchemaCheck> checks, PlatformTransactionManager transactionManager) {
		return new CheckRun(checks.orderedStream().toList(), transactionManager);
	}

}
