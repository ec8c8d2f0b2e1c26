package io.punctual.release.tool.render;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.punctual.release.tool.Documents;
import io.punctual.release.tool.Repository;
import tools.jackson.databind.JsonNode;

/**
 * Which environment variables a service reads: the properties in its own, the shared
 * modules' and Spring Boot's configuration metadata, and those that code asks for by
 * name.
 */
final class Knowledge {

	/** Read by the AWS SDK, not by Spring. */
	private static final Set<String> BY_LIBRARIES = Set.of("AWS_REGION");

	private static final Pattern ASKED_FOR = Pattern.compile("\"(?:\\$\\{)?((?:punctual)\\.[a-z0-9.-]+)[\"}:]");

	private static final Pattern SOURCE = Pattern.compile("PUNCTUAL_SOURCES_[A-Z]+_URL");

	private final Set<String> variables = new TreeSet<>(BY_LIBRARIES);

	private Knowledge() {
	}

	static Knowledge of(String service) {
		Knowledge knowledge = new Knowledge();
		try (Stream<Path> modules = Files.list(Repository.file("services"))) {
			// What is no service is a library of all services; testing is none of theirs.
			modules.filter((module) -> {
				String name = module.getFileName().toString();
				return name.equals(service) || Set.of("shared", "aws").contains(name);
			}).forEach(knowledge::readModule);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		knowledge.readSpring();
		return knowledge;
	}

	boolean contains(String variable) {
		return this.variables.contains(variable) || SOURCE.matcher(variable).matches();
	}

	private void readModule(Path module) {
		Path main = module.resolve("src/main/java");
		if (!Files.isDirectory(main)) {
			return;
		}
		try (Stream<Path> files = Files.walk(main)) {
			files.filter((file) -> file.toString().endsWith(".java"))
				.forEach((file) -> ASKED_FOR.matcher(Documents.text(file))
					.results()
					.forEach((match) -> add(match.group(1))));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		Path metadata = module.resolve("target/classes/META-INF/spring-configuration-metadata.json");
		if (Files.exists(metadata)) {
			read(Documents.json(metadata));
		}
	}

	private void readSpring() {
		try {
			var resources = Knowledge.class.getClassLoader()
				.getResources("META-INF/spring-configuration-metadata.json");
			while (resources.hasMoreElements()) {
				URL resource = resources.nextElement();
				if (!resource.toString().contains("/org/springframework/")) {
					continue;
				}
				try (InputStream in = resource.openStream()) {
					read(Documents.JSON.readTree(in));
				}
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void read(JsonNode metadata) {
		metadata.path("properties").forEach((property) -> add(property.path("name").asString()));
	}

	/**
	 * As Spring Boot binds the environment: dots become underscores, dashes go; and as
	 * our READMEs write some names, with underscores for dashes.
	 */
	private void add(String property) {
		String upper = property.toUpperCase(Locale.ROOT).replace('.', '_');
		this.variables.add(upper.replace("-", ""));
		this.variables.add(upper.replace('-', '_'));
	}

}
