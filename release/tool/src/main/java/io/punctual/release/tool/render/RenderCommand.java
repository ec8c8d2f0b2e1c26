package io.punctual.release.tool.render;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import io.punctual.release.tool.Command;
import io.punctual.release.tool.Documents;
import io.punctual.release.tool.Options;
import io.punctual.release.tool.ReleaseException;
import tools.jackson.databind.JsonNode;

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
		Documents.write(output.resolve("taskdef.json"),
				platform.on(release.taskDefinition(Documents.text(root.resolve("taskdef.json")))));
		Documents.write(output.resolve("appspec.yaml"),
				platform.onFargate(release.fill(Documents.text(root.resolve("appspec.yaml")))));
		Documents.write(output.resolve("migrate.json"),
				platform.on(release.fill(Documents.text(root.resolve("release/migrate-taskdef.json")))));
		System.out.println(service + ": rendered with " + options.need("image"));
		return true;
	}

	private static Map<String, String> environment(JsonNode service) {
		Map<String, String> environment = new TreeMap<>();
		service.path("environment").forEachEntry((name, value) -> environment.put(name, value.asString()));
		return environment;
	}

}
