package io.punctual.shared.schema;

import java.util.Map;
import java.util.Properties;

import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;

/**
 * Adds what a migration's connection needs where the service runs, such as whose
 * certificates to trust. Found in {@code META-INF/spring.factories}, because a migration
 * has none of the service's beans.
 */
@FunctionalInterface
public interface MigrationConnection {

	/**
	 * Return properties of the driver.
	 * @param environment the migration's settings
	 * @return none if nothing is to be added there
	 */
	Map<String, String> properties(Environment environment);

	/** What all that are found add. */
	static Properties all(Environment environment) {
		Properties all = new Properties();
		SpringFactoriesLoader.forDefaultResourceLocation()
			.load(MigrationConnection.class)
			.forEach((one) -> all.putAll(one.properties(environment)));
		return all;
	}

}
