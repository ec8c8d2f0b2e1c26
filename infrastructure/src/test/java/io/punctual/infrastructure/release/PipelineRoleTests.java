package io.punctual.infrastructure.release;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pipeline may do what its actions do, and its projects are told what their scripts ask
 * for.
 */
@NeedsNode
class PipelineRoleTests {

	private final Template stack = Synthesised.production().stack("Pipeline");

	private Resource pipeline(String name) {
		return this.stack.only("AWS::CodePipeline::Pipeline", (one) -> one.text("Name").equals(name));
	}

	/** Of each action that the pipeline's role may do, the resources as they stand. */
	private Map<String, Set<String>> rights(Resource pipeline) {
		String role = pipeline.text("RoleArn/Fn::GetAtt/0");
		Map<String, Set<String>> rights = new TreeMap<>();
		this.stack.only("AWS::IAM::Policy", (policy) -> policy.at("Roles").toString().contains("\"" + role + "\""))
			.at("PolicyDocument/Statement")
			.forEach((statement) -> texts(statement.path("Action"))
				.forEach((action) -> rights.computeIfAbsent(action, (none) -> new TreeSet<>())
					.addAll(texts(statement.path("Resource")))));
		return rights;
	}

	private static Set<String> texts(JsonNode node) {
		Set<String> texts = new TreeSet<>();
		if (node.isArray()) {
			node.forEach((one) -> texts.add(one.isString() ? one.asString() : one.toString()));
		}
		else {
			texts.add(node.isString() ? node.asString() : node.toString());
		}
		return texts;
	}

	@ParameterizedTest
	@ValueSource(strings = { "punctual", "punctual-pull-requests" })
	void startsAndWatchesAndStopsTheBuildsOfItsActionsAndNoOther(String name) {
		Resource pipeline = pipeline(name);
		Set<String> projects = new TreeSet<>();
		pipeline.at("Stages").forEach((stage) -> stage.path("Actions").forEach((action) -> {
			String project = action.at("/Configuration/ProjectName/Ref").asString("");
			if (!project.isEmpty()) {
				projects.add("{\"Fn::GetAtt\":[\"" + project + "\",\"Arn\"]}");
			}
		}));
		for (String action : Set.of("codebuild:StartBuild", "codebuild:BatchGetBuilds", "codebuild:StopBuild")) {
			assertThat(rights(pipeline).get(action)).as(action).isEqualTo(projects);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "punctual", "punctual-pull-requests" })
	void comesToTheSourceByTheConnectionUnderBothOfItsNames(String name) {
		Resource pipeline = pipeline(name);
		JsonNode source = pipeline.at("Stages/0/Actions/0");
		String connection = source.at("/Configuration/ConnectionArn").asString();
		assertThat(connection).contains(":connection/");
		assertThat(source.at("/Configuration/FullRepositoryId").asString()).isEqualTo("punctual/punctual");
		assertThat(source.at("/Configuration/BranchName").asString()).isEqualTo("main");
		assertThat(source.at("/Configuration/OutputArtifactFormat").asString()).isEqualTo("CODEBUILD_CLONE_REF");
		assertThat(rights(pipeline)).containsEntry("codeconnections:UseConnection", Set.of(connection))
			.containsEntry("codestar-connections:UseConnection", Set.of(connection));
		assertThat(pipeline.text("Triggers/0/ProviderType")).isEqualTo("CodeStarSourceConnection");
		assertThat(pipeline.text("ArtifactStore/Type")).isEqualTo("S3");
	}

	/**
	 * What CodePipeline's action for ECS by CodeDeploy needs.
	 * @see <a href=
	 * "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECSbluegreen.html">Service
	 * role permissions</a>
	 */
	@Test
	void deploysByCodeDeployWhatItRegistersWithEcs() {
		String codeDeploy = "arn:aws:codedeploy:eu-west-1:222222222222:";
		Map<String, Set<String>> rights = rights(pipeline("punctual"));
		for (String action : Set.of("CreateDeployment", "GetDeployment")) {
			assertThat(rights.get("codedeploy:" + action)).containsExactly(codeDeploy + "deploymentgroup:punctual/*");
		}
		for (String action : Set.of("GetApplication", "GetApplicationRevision", "RegisterApplicationRevision")) {
			assertThat(rights.get("codedeploy:" + action)).containsExactly(codeDeploy + "application:punctual");
		}
		assertThat(rights.get("codedeploy:GetDeploymentConfig"))
			.containsExactly(codeDeploy + "deploymentconfig:CodeDeployDefault.ECSAllAtOnce");
		assertThat(rights).containsKeys("ecs:RegisterTaskDefinition", "ecs:TagResource", "iam:PassRole");
		String passed = String.valueOf(rights.get("iam:PassRole"));
		for (Service service : Service.values()) {
			assertThat(passed).contains(service.title() + "TaskRole", service.title() + "ExecutionRole");
		}
		assertThat(pipeline("punctual").at("Stages").toString()).contains("\"ApplicationName\":\"punctual\"");
		pipeline("punctual").at("Stages").forEach((stage) -> stage.path("Actions").forEach((action) -> {
			assertThat(action.at("/ActionTypeId/Owner").asString()).isEqualTo("AWS");
			if (action.at("/ActionTypeId/Provider").asString().equals("CodeDeployToECS")) {
				assertThat(action.at("/Configuration/ApplicationName").asString()).isEqualTo("punctual");
			}
		}));
	}

	@Test
	void stepsAreToldWhereTheyAreAndWhatTheyActOn() {
		Map<String, JsonNode> told = variables("punctual-steps");
		assertThat(told.get("PUNCTUAL_ENVIRONMENT")).hasToString("\"production\"");
		assertThat(told.get("PUNCTUAL_CDK_CLI")).hasToString("\"" + Builds.CDK_CLI + "\"");
		assertThat(told.get("PUNCTUAL_CLUSTER")).hasToString("\"punctual\"");
		assertThat(told.get("PUNCTUAL_API")).hasToString("\"https://api.punctual.example\"");
		assertThat(told.get("PUNCTUAL_SIGNING_KEY")).hasToString("\"awskms:///alias/punctual-release\"");
		assertThat(String.valueOf(told.get("PUNCTUAL_TOKEN_URI"))).contains("/oauth2/token");
		assertThat(String.valueOf(told.get("PUNCTUAL_CLIENT_ID"))).contains("Machinerelease");
		assertThat(String.valueOf(told.get("PUNCTUAL_CREDENTIAL"))).contains("Machinerelease");
		// Migrations stand where the services do that cannot leave, in a group of their
		// own.
		assertThat(String.valueOf(told.get("PUNCTUAL_MIGRATE_NETWORK")))
			.contains("VpcinnerSubnet1", "VpcinnerSubnet2", "VpcinnerSubnet3", "GroupsMigrate",
					"assignPublicIp=DISABLED")
			.doesNotContain("public", "reaching");
	}

	@Test
	void buildIsToldThatItsSuiteRunsBesideItAndForWhatItBuilds() {
		Map<String, JsonNode> told = variables("punctual-build");
		assertThat(told.get("PUNCTUAL_PROFILE")).hasToString("\"beside\"");
		assertThat(told.get("PUNCTUAL_PLATFORM")).hasToString("\"LINUX/ARM64\"");
		assertThat(told.get("PUNCTUAL_SIGNING_KEY")).hasToString("\"awskms:///alias/punctual-release\"");
		assertThat(told.get("MAVEN_ARGS")).hasToString("\"-Djib.from.image=" + Builds.BASE + "\"");
		assertThat(variables("punctual-test").get("PUNCTUAL_PROFILE")).hasToString("\"quick\"");
		String artifacts = "\""
				+ this.stack.only("AWS::S3::Bucket", (bucket) -> bucket.id().matches("Artifacts[0-9A-F]{8}")).id()
				+ "\"";
		for (String project : Set.of("punctual-build", "punctual-settle", "punctual-steps", "punctual-test")) {
			assertThat(String.valueOf(variables(project).get("PUNCTUAL_ARTIFACTS"))).contains(artifacts);
		}
	}

	@Test
	void everyBuildLogsIntoAGroupOfOursAndEndsWithinAnHour() {
		assertThat(this.stack.all("AWS::CodeBuild::Project")).hasSize(6).allSatisfy((project) -> {
			assertThat(project.text("LogsConfig/CloudWatchLogs/Status")).isEqualTo("ENABLED");
			String log = project.text("LogsConfig/CloudWatchLogs/GroupName/Ref");
			assertThat(this.stack.only("AWS::Logs::LogGroup", (group) -> group.id().equals(log)).text("LogGroupName"))
				.startsWith("/punctual/");
			assertThat(project.at("TimeoutInMinutes").asInt()).isBetween(5, 60);
		});
	}

	private Map<String, JsonNode> variables(String project) {
		Map<String, JsonNode> variables = new TreeMap<>();
		this.stack.only("AWS::CodeBuild::Project", (one) -> one.text("Name").equals(project))
			.at("Environment/EnvironmentVariables")
			.forEach((variable) -> {
				assertThat(variable.path("Type").asString()).isEqualTo("PLAINTEXT");
				variables.put(variable.path("Name").asString(), variable.path("Value"));
			});
		return variables;
	}

}
