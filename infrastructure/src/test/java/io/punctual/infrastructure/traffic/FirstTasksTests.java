package io.punctual.infrastructure.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Repository;
import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first task of a service is as {@code taskdef.json} says of all later ones.
 */
@NeedsNode
class FirstTasksTests {

	private static JsonNode read(String file) {
		return JsonMapper.shared().readTree(Repository.file(file).toFile());
	}

	private static Resource first(Service service) {
		return Synthesised.production()
			.stack("Traffic")
			.named("AWS::ECS::TaskDefinition", service.title() + "FirstTask");
	}

	@ParameterizedTest
	@EnumSource
	void isWhatTheReleasesTemplateSays(Service service) {
		List<String> differences = new ArrayList<>();
		compare("", read("taskdef.json"), first(service).json().path("Properties"), differences);
		// Of these, two tests below.
		differences.removeIf((path) -> path.contains("/Environment/") || path.contains("/Tags"));
		assertThat(differences).isEmpty();
		assertThat(first(service).text("Family")).isEqualTo("punctual-" + service.id());
		assertThat(first(service).text("ContainerDefinitions/0/Image/Ref")).isEqualTo(service.title() + "Image");
	}

	@ParameterizedTest
	@EnumSource
	void isToldWhatTheReleaseTellsLaterOnes(Service service) {
		Map<String, String> expected = new TreeMap<>();
		read("taskdef.json").at("/containerDefinitions/0/environment")
			.forEach((one) -> expected.put(one.path("name").asString(), one.path("value").asString()));
		read("release/services.json").path(service.id())
			.path("environment")
			.forEachEntry((name, value) -> expected.put(name, value.asString()));
		Map<String, JsonNode> told = new TreeMap<>();
		first(service).at("ContainerDefinitions/0/Environment")
			.forEach((one) -> told.put(one.path("Name").asString(), one.path("Value")));
		assertThat(told).containsOnlyKeys(expected.keySet());
		expected.forEach((name, value) -> {
			String known = value.replace("${SERVICE}", service.id())
				.replace("${REGION}", "eu-west-1")
				.replace("${ZONE}", "svc.punctual.example")
				.replace("${API_HOST}", "api.punctual.example");
			if (known.contains("${")) {
				assertThat(told.get(name)).as(name).isNotNull();
				assertThat(String.valueOf(told.get(name))).as(name).isNotEqualTo("\"\"").doesNotContain("${");
			}
			else {
				assertThat(told.get(name)).as(name).hasToString("\"" + known + "\"");
			}
		});
	}

	@ParameterizedTest
	@EnumSource
	void isAsLargeAsTheFleetSaysAndHasItsServicesRoles(Service service) {
		var tasks = Environment.production().fleet().of(service);
		assertThat(first(service).text("Cpu")).isEqualTo(String.valueOf(tasks.cpu()));
		assertThat(first(service).text("Memory")).isEqualTo(String.valueOf(tasks.memoryMib()));
		assertThat(first(service).at("ExecutionRoleArn").toString()).contains(service.title() + "ExecutionRole");
		assertThat(first(service).at("TaskRoleArn").toString()).contains(service.title() + "TaskRole");
		assertThat(first(service).at("ContainerDefinitions/0/Secrets/0/ValueFrom").toString()).contains("Identity:",
				"Machine" + service.id());
	}

	/**
	 * Notes each path at which something is missing or another text than the template's;
	 * what a placeholder is in only has to be there.
	 */
	private static void compare(String path, JsonNode template, JsonNode made, List<String> differences) {
		if (made.isMissingNode() || made.isNull()) {
			differences.add(path + " is missing");
		}
		else if (template.isObject()) {
			template.properties().forEach((member) -> {
				boolean named = path.endsWith("/Options");
				String name = named ? member.getKey()
						: Character.toUpperCase(member.getKey().charAt(0)) + member.getKey().substring(1);
				compare(path + "/" + name, member.getValue(), made.path(name), differences);
			});
		}
		else if (template.isArray()) {
			if (!path.endsWith("/Environment") && template.size() != made.size()) {
				differences.add(path + " has " + made.size());
			}
			for (int i = 0; i < template.size(); i++) {
				compare(path + "/" + i, template.get(i), made.path(i), differences);
			}
		}
		else if (!template.asString("").contains("${") && !template.equals(made)) {
			differences.add(path + " is " + made);
		}
	}

}
