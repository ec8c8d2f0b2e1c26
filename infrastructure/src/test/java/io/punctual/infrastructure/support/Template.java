package io.punctual.infrastructure.support;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import tools.jackson.databind.JsonNode;

/**
 * A stack's template, to ask for its resources.
 */
public record Template(String stack, JsonNode json) {

	/**
	 * A resource of a template.
	 *
	 * @param id its logical id
	 * @param type as CloudFormation names it
	 * @param json all of it, as it stands in the template
	 */
	public record Resource(String id, String type, JsonNode json) {

		/**
		 * A property by its path, such as {@code VpcConfig/SubnetIds/0}; missing if there
		 * is none.
		 */
		public JsonNode at(String path) {
			return this.json.at("/Properties/" + path);
		}

		/**
		 * A property as text; empty if there is none or it is no plain value.
		 */
		public String text(String path) {
			return at(path).asString("");
		}

		/**
		 * Whether its properties mention the resource of that id.
		 */
		public boolean mentions(String id) {
			return this.json.toString().contains("\"" + id + "\"");
		}

	}

	public List<Resource> resources() {
		List<Resource> resources = new ArrayList<>();
		this.json.path("Resources")
			.properties()
			.forEach((entry) -> resources
				.add(new Resource(entry.getKey(), entry.getValue().path("Type").asString(""), entry.getValue())));
		return resources;
	}

	/**
	 * The resources of that type, such as {@code AWS::EC2::Subnet}.
	 */
	public List<Resource> all(String type) {
		return resources().stream().filter((resource) -> resource.type().equals(type)).toList();
	}

	/**
	 * The only resource of that type.
	 */
	public Resource only(String type) {
		return only(type, (resource) -> true);
	}

	/**
	 * The only resource of that type for which the condition holds.
	 */
	public Resource only(String type, Predicate<Resource> condition) {
		List<Resource> found = all(type).stream().filter(condition).toList();
		if (found.size() != 1) {
			throw new AssertionError("%s has %d such %s: %s".formatted(this.stack, found.size(), type,
					found.stream().map(Resource::id).toList()));
		}
		return found.getFirst();
	}

	/**
	 * The only resource of that type whose logical id begins so.
	 */
	public Resource named(String type, String prefix) {
		return only(type, (resource) -> resource.id().startsWith(prefix));
	}

}
