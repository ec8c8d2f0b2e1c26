package io.punctual.infrastructure.settings;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Properties;

/**
 * Where an environment is: what is its owner's, and no part of how it is built.
 *
 * @param account where it runs
 * @param logAccount where audit logs and copies of backups are kept
 * @param domain the public domain
 * @param hostedZone the id of the domain's zone
 * @param operators who gets mail about alarms and drills
 * @param source where commits come from
 * @param anomalyMonitor the ARN of the account's monitor of all services' cost; empty
 * where it has none yet
 */
public record Place(String account, String logAccount, String domain, String hostedZone, String operators,
		Environment.Source source, String anomalyMonitor) {

	/**
	 * The file that says it of all environments.
	 */
	public static final String FILE = "infrastructure/environments.properties";

	public Place {
		check("account", account, "\\d{12}");
		check("logAccount", logAccount, "\\d{12}");
		check("domain", domain, "([a-z0-9-]+\\.)+[a-z]{2,}");
		check("hostedZone", hostedZone, "Z[A-Z0-9]{10,31}");
		check("operators", operators, "[^@\\s]+@[^@\\s]+");
		check("repository", source.repository(), "[\\w.-]+/[\\w./-]+");
		check("branch", source.branch(), "\\S+");
		check("connection", source.connection(), "arn:aws:code(star-)?connections:[a-z0-9-]+:\\d{12}:connection/\\S+");
		check("anomalyMonitor", anomalyMonitor, "(arn:aws:ce::\\d{12}:anomalymonitor/\\S+)?");
	}

	private static void check(String name, String value, String form) {
		if (!value.matches(form)) {
			throw new IllegalArgumentException("%s of %s is not of the form %s: %s".formatted(name, FILE, form, value));
		}
	}

	/**
	 * Where the file says that an environment is.
	 */
	public static Place of(String environment) {
		Properties properties = new Properties();
		try (Reader reader = Files.newBufferedReader(Repository.file(FILE))) {
			properties.load(reader);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return of(environment, properties);
	}

	static Place of(String environment, Properties properties) {
		return new Place(property(properties, environment, "account"), property(properties, environment, "logAccount"),
				property(properties, environment, "domain"), property(properties, environment, "hostedZone"),
				property(properties, environment, "operators"),
				new Environment.Source(property(properties, environment, "repository"),
						property(properties, environment, "branch"), property(properties, environment, "connection")),
				property(properties, environment, "anomalyMonitor"));
	}

	private static String property(Properties properties, String environment, String name) {
		String value = properties.getProperty(environment + "." + name);
		if (value == null) {
			throw new IllegalArgumentException("%s has no %s.%s".formatted(FILE, environment, name));
		}
		return value.strip();
	}

}
