package io.punctual.shared.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The migrations that a release brings, by their names alone.
 */
final class Migrations {

	private static final Pattern NAME = Pattern.compile("V([0-9._]+)__.+\\.sql");

	private Migrations() {
	}

	/**
	 * Return the versions that this release was built for, as the schema's history writes
	 * them.
	 */
	static Set<String> versions(Environment environment) {
		Set<String> versions = new TreeSet<>();
		for (String location : environment.getRequiredProperty("spring.flyway.locations", String[].class)) {
			for (Resource script : scripts(location)) {
				Matcher name = NAME.matcher(String.valueOf(script.getFilename()));
				if (name.matches()) {
					versions.add(name.group(1).replace('_', '.'));
				}
			}
		}
		if (versions.isEmpty()) {
			throw new IllegalStateException("This release brings no migrations: spring.flyway.locations is wrong");
		}
		return versions;
	}

	private static Resource[] scripts(String location) {
		try {
			return new PathMatchingResourcePatternResolver()
				.getResources(location.replaceFirst("^classpath:", "classpath*:") + "/*.sql");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
