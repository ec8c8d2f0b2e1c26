package io.punctual.shared.schema;

import java.util.Arrays;
import java.util.Optional;

import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;

/**
 * Runs a service, or, with the argument {@code migrate} or {@code check}, migrates its
 * schema or looks whether it is sound, and ends.
 */
public final class PunctualService {

	private static final int UNKNOWN_MODE = 2;

	private PunctualService() {
	}

	/**
	 * What a service's {@code main} does. Asked for anything else than what it can do, it
	 * ends with status 2: a whole service must not start to work where a task was meant.
	 * @param application the service's application class
	 * @param args the arguments of {@code main}
	 */
	public static void run(Class<?> application, String... args) {
		if (MigrateMode.isAskedFor(args)) {
			System.exit(MigrateMode.run(args));
		}
		if (CheckMode.isAskedFor(args)) {
			System.exit(CheckMode.run(args));
		}
		unknownMode(args).ifPresent((mode) -> {
			LoggerFactory.getLogger(PunctualService.class)
				.error("'{}' is unknown here; a service runs without a word, or with: migrate, check", mode);
			System.exit(UNKNOWN_MODE);
		});
		SpringApplication.run(application, args);
	}

	static Optional<String> unknownMode(String... args) {
		return Arrays.stream(args).filter((arg) -> !arg.startsWith("--")).findFirst();
	}

}
