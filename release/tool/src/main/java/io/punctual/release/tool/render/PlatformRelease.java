package io.punctual.release.tool.render;

import io.punctual.release.tool.Documents;
import io.punctual.release.tool.ReleaseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an environment runs its containers on, written into a task definition: the record
 * {@code Platform} of the infrastructure decides.
 *
 * @param family the operating system as ECS names it; null to leave what the template
 * says
 * @param architecture the CPU as ECS names it
 * @param lacking what a task and a container cannot have on Windows, and how small a task
 * cannot be
 */
record PlatformRelease(@Nullable String family, @Nullable String architecture, JsonNode lacking) {

	/**
	 * A platform by its text.
	 * @param text such as {@code LINUX/ARM64}, null for the template's own
	 * @param lacking {@code release/windows.json}
	 */
	static PlatformRelease of(@Nullable String text, JsonNode lacking) {
		if (text == null) {
			return new PlatformRelease(null, null, lacking);
		}
		String[] parts = text.split("/", -1);
		if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
			throw new ReleaseException(text + " is no platform such as LINUX/ARM64");
		}
		return new PlatformRelease(parts[0], parts[1], lacking);
	}

	/**
	 * The task definition for this platform.
	 * @param definition one for Linux, as JSON
	 */
	String on(String definition) {
		if (this.family == null) {
			return definition;
		}
		ObjectNode task = (ObjectNode) Documents.JSON.readTree(definition);
		task.putObject("runtimePlatform")
			.put("operatingSystemFamily", this.family)
			.put("cpuArchitecture", this.architecture);
		if (isWindows()) {
			raise(task, "cpu");
			raise(task, "memory");
			drop(task, "task");
			task.path("containerDefinitions").forEach((container) -> drop((ObjectNode) container, "container"));
		}
		return Documents.JSON.writeValueAsString(task) + "\n";
	}

	/**
	 * The deployment's specification for this platform: Fargate has a version of its own
	 * for Windows.
	 * @param specification one for Linux, as YAML
	 */
	String onFargate(String specification) {
		String linux = "PlatformVersion: \"1.4.0\"";
		if (!specification.contains(linux)) {
			throw new ReleaseException("appspec.yaml has no " + linux);
		}
		return isWindows() ? specification.replace(linux, "PlatformVersion: \"1.0.0\"") : specification;
	}

	private boolean isWindows() {
		return this.family != null && this.family.startsWith("WINDOWS");
	}

	/**
	 * To what Windows starts with; a service's sizes are placeholders here, and raised
	 * where the account's settings are made.
	 */
	private void raise(ObjectNode task, String size) {
		int least = this.lacking.path("least").path(size).asInt();
		String given = task.path(size).asString();
		if (given.matches("\\d+") && Integer.parseInt(given) < least) {
			task.put(size, String.valueOf(least));
		}
	}

	private void drop(ObjectNode from, String what) {
		this.lacking.path(what).forEach((name) -> from.remove(name.asString()));
	}

}
