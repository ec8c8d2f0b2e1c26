package io.punctual.shared.schema;

import org.springframework.boot.SpringApplication;

/**
 * Runs a service, or, with the argument {@code migrate}, migrates its schema and ends.
 */
public final class PunctualService {

	private PunctualService() {
	}

	/**
	 * What a service's {@code main} does.
	 * @param application the service's application class
	 * @param args the arguments of {@code main}
	 */
	public static void run(Class<?> application, String... args) {
		if (MigrateMode.isAskedFor(args)) {
			System.exit(MigrateMode.run(args));
		}
		SpringApplication.run(application, args);
	}

}
