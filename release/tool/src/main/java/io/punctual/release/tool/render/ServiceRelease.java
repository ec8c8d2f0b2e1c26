package io.punctual.release.tool.render;

import java.util.Map;
import java.util.regex.Pattern;

import io.punctual.release.tool.Documents;
import io.punctual.release.tool.ReleaseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One service of one commit: what a build can say of its task definition. What belongs to
 * an account stays a placeholder.
 *
 * @param service the service's name
 * @param image its image, by digest
 * @param release the commit
 * @param environment the variables that this service alone has, by name
 */
record ServiceRelease(String service, String image, String release, Map<String, String> environment) {

	private static final Pattern BY_DIGEST = Pattern.compile("[^@\\s]+@sha256:[0-9a-f]{64}");

	ServiceRelease {
		if (!BY_DIGEST.matcher(image).matches()) {
			throw new ReleaseException(image + " does not name an image by digest: a tag says nothing of what runs");
		}
	}

	/**
	 * The task definition that runs the service.
	 * @param template {@code taskdef.json}
	 * @return the same with the service's own variables, in order of their names
	 */
	String taskDefinition(String template) {
		ObjectNode definition = read(template);
		ArrayNode variables = (ArrayNode) definition.at("/containerDefinitions/0/environment");
		this.environment.forEach((name, value) -> variables.addObject().put("name", name).put("value", value));
		sortByName(variables);
		return fill(Documents.JSON.writeValueAsString(definition)) + "\n";
	}

	/**
	 * Fills in what a build knows.
	 * @param template any of the templates
	 * @return the text, in which an account's placeholders are left
	 */
	String fill(String template) {
		return new Template(template)
			.fill(Map.of("SERVICE", this.service, "IMAGE", this.image, "RELEASE", this.release))
			.text();
	}

	private static void sortByName(ArrayNode variables) {
		var sorted = variables.valueStream()
			.sorted((one, other) -> one.path("name").asString().compareTo(other.path("name").asString()))
			.toList();
		for (int i = 1; i < sorted.size(); i++) {
			JsonNode name = sorted.get(i).path("name");
			if (name.equals(sorted.get(i - 1).path("name"))) {
				throw new ReleaseException("the variable " + name.asString() + " is given twice");
			}
		}
		variables.removeAll().addAll(sorted);
	}

	private static ObjectNode read(String template) {
		try {
			return (ObjectNode) Documents.JSON.readTree(template);
		}
		catch (JacksonException ex) {
			throw new ReleaseException("taskdef.json is not well-formed", ex);
		}
	}

}
