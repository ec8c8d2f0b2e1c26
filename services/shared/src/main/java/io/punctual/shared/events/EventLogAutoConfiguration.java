package io.punctual.shared.events;

import javax.sql.DataSource;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.punctual.shared.release.WorkGate;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.time.JdbcDatabaseClock;
import io.punctual.shared.transaction.Transactions;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Sets up the database's clock, transactions and this service's log.
 */
@AutoConfiguration(after = JdbcClientAutoConfiguration.class)
@EnableConfigurationProperties(EventProperties.class)
@EnableScheduling
class EventLogAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	DatabaseClock databaseClock(JdbcClient jdbc) {
		return new JdbcDatabaseClock(jdbc);
	}

	@Bean
	@ConditionalOnMissingBean
	Transactions transactions(PlatformTransactionManager transactionManager,
			@Qualifier("auditTrail") ObjectProvider<Runnable> audit) {
		return new Transactions(transactionManager, () -> audit.ifAvailable(Runnable::run));
	}

	@Bean
	LogTables logTables(JdbcTemplate jdbc) {
		return new LogTables(jdbc);
	}

	@Bean
	LogWatch logWatch(LogTables tables, EventProperties properties) {
		return new LogWatch(() -> tables.head().pos(), properties.watchInterval());
	}

	@Bean
	EventLog eventLog(LogTables tables, PlatformTransactionManager transactionManager, LogWatch watch,
			ObjectProvider<MeterRegistry> meters) {
		MeterRegistry registry = meters.getIfAvailable();
		Counter appended = (registry != null) ? Counter.builder("punctual.events.appended")
			.description("Events that this instance appended to its log")
			.register(registry) : null;
		return new JdbcEventLog(tables, transactionManager, (position, count) -> {
			watch.appended(position, count);
			if (appended != null) {
				appended.increment(count);
			}
		});
	}

	@Bean
	LogTrim logTrim(LogTables tables, Transactions transactions, DatabaseClock clock, EventProperties properties,
			WorkGate gate) {
		return new LogTrim(tables, transactions, clock, properties.retention(), gate);
	}

	@Bean
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	EventLogController eventLogController(LogTables tables, LogWatch watch, DataSource dataSource,
			PlatformTransactionManager transactionManager, ObjectProvider<SnapshotSource> snapshotSources,
			EventProperties properties, Environment environment) {
		String configured = properties.source();
		String source = (configured != null) ? configured : environment.getProperty("spring.application.name", "");
		return new EventLogController(new LogPages(tables, watch, source), new SnapshotWriter(dataSource, tables,
				transactionManager, snapshotSources.orderedStream().toList(), source));
	}

}
