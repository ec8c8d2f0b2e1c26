package io.punctual.infrastructure.rights;

import java.util.Set;
import java.util.TreeSet;

import io.punctual.infrastructure.support.Template;
import tools.jackson.databind.JsonNode;

/**
 * What a template's role may do by the policies of the same template.
 */
final class Granted {

	private Granted() {
	}

	/**
	 * The actions that a role's policies allow.
	 * @param template the role's stack
	 * @param role its logical id
	 */
	static Set<String> to(Template template, String role) {
		Set<String> actions = new TreeSet<>();
		for (Template.Resource policy : template.all("AWS::IAM::Policy")) {
			for (JsonNode holder : policy.at("Roles")) {
				if (holder.path("Ref").asString("").equals(role)) {
					collect(policy.at("PolicyDocument/Statement"), actions);
				}
			}
		}
		for (JsonNode own : template.named("AWS::IAM::Role", role).at("Policies")) {
			collect(own.at("/PolicyDocument/Statement"), actions);
		}
		return actions;
	}

	/**
	 * The role that a resource of the template names in a property.
	 */
	static String roleOf(Template.Resource resource, String property) {
		return resource.at(property).path("Fn::GetAtt").path(0).asString("");
	}

	private static void collect(JsonNode statements, Set<String> actions) {
		for (JsonNode statement : statements) {
			JsonNode action = statement.path("Action");
			if (action.isArray()) {
				action.forEach((one) -> actions.add(one.asString()));
			}
			else {
				actions.add(action.asString());
			}
		}
	}

}
