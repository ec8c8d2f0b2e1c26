package io.punctual.shared.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The application as a task that looks whether a restored schema is sound, and ends. No
 * web server, no migration, no background work; it reads, as the service's own user.
 */
public final class CheckMode {

	static final String ARGUMENT = "check";

	private static final Logger logger = LoggerFactory.getLogger(CheckMode.class);

	private CheckMode() {
	}

	static boolean isAskedFor(String[] args) {
		return Arrays.asList(args).contains(ARGUMENT);
	}

	/**
	 * Check and say in one line of the log what was found.
	 * @return the exit status: 0 sound, 1 unsound, 2 could not be checked
	 */
	static int run(String[] args) {
		CheckReport report = check(args);
		LoggingEventBuilder line = (report.exitStatus() == 0) ? logger.atInfo() : logger.atError();
		line = line.addKeyValue("check.result", report.result()).addKeyValue("check.checked", report.checked());
		if (report.fault() != null) {
			line = line.addKeyValue("check.fault", report.fault());
		}
		line.log("The schema is {}; sound are {}{}", report.result(), report.checked(),
				(report.fault() != null) ? "; " + report.fault() : "");
		return report.exitStatus();
	}

	/**
	 * Check.
	 * @param args the arguments of {@code main}
	 * @return what was found
	 */
	public static CheckReport check(String... args) {
		List<String> all = new ArrayList<>(List.of(args));
		// A database that was just restored answers slowly at first.
		all.add("--spring.datasource.hikari.connection-timeout=20000");
		all.add("--spring.datasource.hikari.maximum-pool-size=1");
		all.add("--spring.datasource.hikari.minimum-idle=0");
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(CheckTask.class)
			.web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.run(all.toArray(String[]::new))) {
			return context.getBean(CheckRun.class).run();
		}
		catch (RuntimeException ex) {
			logger.debug("The schema was not checked", ex);
			return CheckReport.unchecked(rootOf(ex).toString());
		}
	}

	private static Throwable rootOf(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root;
	}

}
