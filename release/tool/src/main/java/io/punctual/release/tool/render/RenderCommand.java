package io.punctual.release.tool.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.punctual.release.tool.Command;
import io.punctual.release.tool.Documents;
import io.punctual.release.tool.Options;
import io.punctual.release.tool.ReleaseException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a service's {@code taskdef.json}, {@code appspec.yaml} and the task definition
 * of its migration.
 */
public final class RenderCommand implements Command {

	@Override
	public boolean run(Options options) {
		Path root = options.path("root", ".");
		String service = options.need("service");
		JsonNode own = Documents.json(root.resolve("release/services.json")).path(service);
		if (own.isMissingNode()) {
			throw new ReleaseException("release/services.json knows no service " + service);
		}
		ServiceRelease release = new ServiceRelease(service, options.need("image"), options.need("release"),
				environment(own));
		Path output = options.path("output");
		PlatformRelease platform = PlatformRelease.of(options.find("platform"),
				Documents.json(root.resolve("release/windows.json")));
		int migrations = migrations(root, service);
		Documents.write(output.resolve("taskdef.json"),
				tagged(platform.on(release.taskDefinition(Documents.text(root.resolve("taskdef.json")))), migrations));
		Documents.write(output.resolve("appspec.yaml"),
				platform.onFargate(release.fill(Documents.text(root.resolve("appspec.yaml")))));
		Documents.write(output.resolve("migrate.json"), tagged(
				platform.on(release.fill(Documents.text(root.resolve("release/migrate-taskdef.json")))), migrations));
		System.out.println(service + ": rendered with " + options.need("image"));
		return true;
	}

	/**
	 * How many migrations a release brings. There are only ever more: by this number a
	 * rollback sees how far the schema is ahead.
	 */
	private static int migrations(Path root, String service) {
		return Stream.of("services/shared/src/main/resources/db", "services/" + service + "/src/main/resources/db")
			.mapToInt((folder) -> count(root.resolve(folder)))
			.sum();
	}

	private static int count(Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			return (int) files.filter((file) -> file.getFileName().toString().matches("V.*\\.sql")).count();
		}
		catch (IOException ex) {
			throw new ReleaseException("cannot count the migrations in " + folder, ex);
		}
	}

	private static String tagged(String definition, int migrations) {
		ObjectNode task = (ObjectNode) Documents.JSON.readTree(definition);
		task.withArray("tags").addObject().put("key", "punctual:schema").put("value", String.valueOf(migrations));
		return Documents.JSON.writeValueAsString(task) + "\n";
	}

	private static Map<String, String> environment(JsonNode service) {
		Map<String, String> environment = new TreeMap<>();
		service.path("environment").forEachEntry((name, value) -> environment.put(name, value.asString()));
		return environment;
	}

}
