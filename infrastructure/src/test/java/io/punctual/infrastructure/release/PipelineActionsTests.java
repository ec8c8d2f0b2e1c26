package io.punctual.infrastructure.release;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the pipelines' actions hand to each other is there, under the names by which it is
 * asked for.
 */
@NeedsNode
class PipelineActionsTests {

	private final Template stack = Synthesised.production().stack("Pipeline");

	private Resource pipeline(String name) {
		return this.stack.only("AWS::CodePipeline::Pipeline", (one) -> one.text("Name").equals(name));
	}

	private Resource project(String name) {
		return this.stack.only("AWS::CodeBuild::Project", (one) -> one.text("Name").equals(name));
	}

	private List<JsonNode> actions(String pipeline) {
		List<JsonNode> actions = new ArrayList<>();
		pipeline(pipeline).at("Stages").forEach((stage) -> stage.path("Actions").forEach(actions::add));
		return actions;
	}

	private JsonNode action(Service service) {
		return actions("punctual").stream()
			.filter((action) -> action.path("Name").asString().equals(service.title()))
			.findFirst()
			.orElseThrow();
	}

	private static List<String> names(JsonNode artifacts) {
		return artifacts.valueStream().map((artifact) -> artifact.path("Name").asString()).toList();
	}

	/**
	 * A status of "Cancelled" is that of a run in which the pipeline's definition was
	 * updated, says CodePipeline's API; its own stage Foundation deploys it.
	 */
	@Test
	void aCommitThatChangesThePipelineIsBegunAnew() {
		assertThat(pipeline("punctual").at("RestartExecutionOnUpdate").asBoolean(false)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "punctual", "punctual-pull-requests" })
	void takesNothingThatNoneBeforeHasLeft(String pipeline) {
		Set<String> left = new HashSet<>();
		for (JsonNode stage : pipeline(pipeline).at("Stages")) {
			Map<Integer, List<JsonNode>> byOrder = new HashMap<>();
			stage.path("Actions")
				.forEach((action) -> byOrder
					.computeIfAbsent(action.path("RunOrder").asInt(), (order) -> new ArrayList<>())
					.add(action));
			byOrder.keySet().stream().sorted().map(byOrder::get).forEach((together) -> {
				together.forEach((action) -> assertThat(left).as(action.path("Name").asString())
					.containsAll(names(action.path("InputArtifacts"))));
				together.forEach((action) -> left.addAll(names(action.path("OutputArtifacts"))));
			});
		}
		assertThat(left).hasSizeGreaterThan(2);
	}

	@ParameterizedTest
	@EnumSource
	void deploysAServiceByWhatWasSettledForIt(Service service) {
		JsonNode action = action(service);
		assertThat(names(action.path("InputArtifacts"))).containsExactly(service.id());
		JsonNode configuration = action.path("Configuration");
		assertThat(configuration.path("DeploymentGroupName").asString()).isEqualTo(service.id());
		for (String template : List.of("TaskDefinition", "AppSpec")) {
			assertThat(configuration.path(template + "TemplateArtifact").asString()).isEqualTo(service.id());
		}
		JsonNode settled = JsonMapper.shared()
			.readTree(project("punctual-settle").text("Source/BuildSpec"))
			.at("/artifacts/secondary-artifacts/" + service.id());
		assertThat(settled.path("base-directory").asString()).isEqualTo("target/release/settled/" + service.id());
		assertThat(settled.path("files").valueStream().map(JsonNode::asString)).contains(
				configuration.path("TaskDefinitionTemplatePath").asString(),
				configuration.path("AppSpecTemplatePath").asString());
	}

	/**
	 * The trigger starts an execution for a push; to look for changes besides would start
	 * a second one, of whatever branch and for no tag.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "punctual", "punctual-pull-requests" })
	void startsByItsTriggerAlone(String pipeline) {
		JsonNode source = actions(pipeline).getFirst();
		assertThat(source.at("/Configuration/DetectChanges").asString()).isEqualTo("false");
		assertThat(pipeline(pipeline).at("Triggers/0/GitConfiguration/SourceActionName").asString())
			.isEqualTo(source.path("Name").asString());
	}

	@Test
	void givesADockerEngineToTheBuildOfImagesOnly() {
		assertThat(this.stack.all("AWS::CodeBuild::Project"))
			.filteredOn((project) -> project.at("Environment/PrivilegedMode").asBoolean(false))
			.extracting((project) -> project.text("Name"))
			.containsExactly("punctual-build");
	}

	@Test
	void reportsWhatTheSuiteFound() {
		JsonNode reports = JsonMapper.shared()
			.readTree(project("punctual-test").text("Source/BuildSpec"))
			.path("reports");
		assertThat(reports.at("/tests/files/0").asString()).isEqualTo("**/target/surefire-reports/TEST-*.xml");
		assertThat(reports.at("/tests/file-format").asString()).isEqualTo("JUNITXML");
	}

}
