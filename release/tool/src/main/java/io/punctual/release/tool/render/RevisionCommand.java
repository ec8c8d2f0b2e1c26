package io.punctual.release.tool.render;

import java.util.Map;

import io.punctual.release.tool.Command;
import io.punctual.release.tool.Documents;
import io.punctual.release.tool.Options;

/**
 * Prints the revision that CodeDeploy's CreateDeployment takes: the application
 * specification, with a task definition in its place, as text inside of JSON.
 */
public final class RevisionCommand implements Command {

	@Override
	public boolean run(Options options) {
		String specification = new Template(Documents.text(options.path("root", ".").resolve("appspec.yaml")))
			.fill(Map.of("SERVICE", options.need("service")))
			.text()
			.replaceFirst("TaskDefinition: <TASK_DEFINITION>",
					"TaskDefinition: \"" + options.need("task-definition") + "\"");
		System.out.println(Documents.JSON.writeValueAsString(
				Map.of("revisionType", "AppSpecContent", "appSpecContent", Map.of("content", specification))));
		return true;
	}

}
