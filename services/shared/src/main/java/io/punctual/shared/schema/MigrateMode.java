package io.punctual.shared.schema;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The application as a task that runs once before a deployment: makes the schema and the
 * service's user, migrates, and ends. No web server, no background work.
 */
final class MigrateMode {

	static final String ARGUMENT = "migrate";

	private static final Logger logger = LoggerFactory.getLogger(MigrateMode.class);

	private MigrateMode() {
	}

	static boolean isAskedFor(String[] args) {
		return Arrays.asList(args).contains(ARGUMENT);
	}

	/**
	 * Migrate.
	 * @return the exit status: 0 if the schema is as this release needs it
	 */
	static int run(String[] args) {
		List<String> all = new ArrayList<>(List.of(args));
		// A service on AWS does not migrate as it starts; this does.
		all.removeIf((argument) -> argument.startsWith("--spring.flyway.enabled="));
		all.add("--spring.flyway.enabled=true");
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Task.class)
			.web(WebApplicationType.NONE)
			.run(all.toArray(String[]::new))) {
			Environment environment = context.getEnvironment();
			Properties connection = MigrationConnection.all(environment);
			connection.put("user", required(environment, "username"));
			connection.put("password", required(environment, "password"));
			MigrateProperties properties = context.getBean(MigrateProperties.class);
			SchemaSetup setup = SchemaSetup.of(required(environment, "url"));
			setup.run(connection, properties);
			Flyway flyway = context.getBean(Flyway.class);
			new CarefulMigration().migrate(flyway);
			setup.grant(connection, properties);
			logger.info("The schema has version {}, and the database takes {} connections",
					flyway.info().current().getVersion(), connections(context.getBean(DataSource.class)));
			return 0;
		}
		catch (RuntimeException | SQLException ex) {
			logger.error("The schema was not migrated: {}", ex.getMessage(), ex);
			return 1;
		}
	}

	/**
	 * How many there may be at the same time: nobody else looks, and the pools of all
	 * tasks have to fit in.
	 */
	private static int connections(DataSource database) {
		return JdbcClient.create(database).sql("SELECT @@GLOBAL.max_connections").query(Integer.class).single();
	}

	private static String required(Environment environment, String name) {
		return environment.getRequiredProperty("spring.datasource." + name);
	}

	/**
	 * Only what a migration needs.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(MigrateProperties.class)
	@ImportAutoConfiguration(FlywayAutoConfiguration.class)
	static class Task {

		@Bean
		DataSource dataSource(Environment environment) {
			// A change of a large table may take longer than a service waits for an
			// answer.
			String url = required(environment, "url").replaceFirst("socketTimeout=\\d+", "socketTimeout=0");
			DriverManagerDataSource dataSource = new DriverManagerDataSource(url, required(environment, "username"),
					required(environment, "password"));
			dataSource.setConnectionProperties(MigrationConnection.all(environment));
			return dataSource;
		}

		/** Not as the context starts: the schema has to be made first. */
		@Bean
		FlywayMigrationStrategy laterMigration() {
			return (flyway) -> logger.debug("The schema is looked at first");
		}

	}

}
