package io.punctual.infrastructure.release;

import java.lang.module.ModuleDescriptor.Version;
import java.util.ArrayList;
import java.util.List;

import io.punctual.infrastructure.settings.Profile;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From a commit to all traffic.
 */
@NeedsNode
class PipelineStackTests {

	private final Template stack = Synthesised.production().stack("Pipeline");

	private final Resource pipeline = this.stack.only("AWS::CodePipeline::Pipeline",
			(pipeline) -> pipeline.text("Name").equals("punctual"));

	private JsonNode stage(String name) {
		return this.pipeline.at("Stages")
			.valueStream()
			.filter((stage) -> stage.path("Name").asString().equals(name))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void releasesInTheOrderInWhichOneStepNeedsTheOther() {
		assertThat(this.pipeline.at("Stages").valueStream().map((stage) -> stage.path("Name").asString()))
			.containsExactly("Source", "Build", "Foundation", "Migrate", "Traffic", "Queue", "Deploy", "Gateway",
					"Smoke");
		assertThat(this.pipeline.text("PipelineType")).isEqualTo("V2");
	}

	@Test
	void missesNoCommit() {
		assertThat(this.pipeline.text("ExecutionMode")).isEqualTo("QUEUED");
		JsonNode push = this.pipeline.at("Triggers/0/GitConfiguration/Push");
		assertThat(push.at("/0/Branches/Includes/0").asString()).isEqualTo("main");
		assertThat(push.at("/1/Tags/Includes/0").asString()).isEqualTo("v*");
	}

	@ParameterizedTest
	@CsvSource({ "Foundation, FOUNDATION", "Migrate, MIGRATE", "Traffic, TRAFFIC", "Queue, QUEUE", "Deploy, DEPLOY",
			"Gateway, GATEWAY" })
	void skipsWhatHasNothingToDo(String name, String variable) {
		JsonNode condition = stage(name).at("/BeforeEntry/Conditions/0");
		assertThat(condition.path("Result").asString()).isEqualTo("SKIP");
		JsonNode rule = condition.at("/Rules/0");
		assertThat(rule.at("/RuleTypeId/Provider").asString()).isEqualTo("VariableCheck");
		assertThat(rule.at("/Configuration/Variable").asString()).isEqualTo("#{build." + variable + "}");
		assertThat(rule.at("/Configuration/Operator").asString()).isEqualTo("EQ");
		assertThat(rule.at("/Configuration/Value").asString()).isEqualTo("run");
		assertThat(stage("Build").at("/Actions/0/Namespace").asString()).isEqualTo("build");
	}

	@ParameterizedTest
	@CsvSource({ "Source", "Build", "Smoke" })
	void neverSkipsTheRest(String name) {
		assertThat(stage(name).has("BeforeEntry")).isFalse();
	}

	@Test
	void deploysAllServicesAtOnceOnceTheirTaskDefinitionsAreSettled() {
		List<String> services = new ArrayList<>();
		stage("Deploy").path("Actions").forEach((action) -> {
			if (action.at("/ActionTypeId/Provider").asString().equals("CodeDeployToECS")) {
				assertThat(action.path("RunOrder").asInt()).isEqualTo(2);
				JsonNode configuration = action.path("Configuration");
				services.add(configuration.path("DeploymentGroupName").asString());
				assertThat(configuration.path("TaskDefinitionTemplateArtifact").asString())
					.isEqualTo(configuration.path("DeploymentGroupName").asString());
				assertThat(configuration.path("AppSpecTemplatePath").asString()).isEqualTo("appspec.yaml");
			}
			else {
				assertThat(action.path("RunOrder").asInt()).isEqualTo(1);
				assertThat(action.path("OutputArtifacts")).hasSize(4);
			}
		});
		assertThat(services).containsExactlyInAnyOrder("clients", "notices", "delivery", "sla");
	}

	/**
	 * CodeDeploy refuses a second deployment of a group: a stage that goes back would
	 * fail at each service that is still on its way.
	 */
	@Test
	void deploysNothingBesideAnotherDeployment() {
		Resource settle = this.stack.only("AWS::CodeBuild::Project",
				(project) -> project.text("Name").equals("punctual-settle"));
		assertThat(settle.text("Source/BuildSpec")).containsSubsequence("release/settle", "release/idle");
		assertThat(settle.at("TimeoutInMinutes").asInt()).as("blue is warm for ten minutes, in four groups at once")
			.isGreaterThan(Profile.WARM_MINUTES + 15);
	}

	/**
	 * In a stage of its own: the stage Deploy is the other run's until its blue has
	 * ended.
	 */
	@Test
	void endsTheBlueThatAWaitingReleaseWouldWaitFor() {
		assertThat(stage("Queue").at("/Actions/0/Configuration/EnvironmentVariables").asString())
			.contains("release/queue");
		JsonNode steps = this.stack.named("AWS::IAM::Policy", "BuildsSteps").at("PolicyDocument/Statement");
		assertThat(steps).anySatisfy((statement) -> {
			assertThat(statement.path("Action").toString()).contains("codedeploy:ContinueDeployment");
			assertThat(statement.path("Resource")).hasSize(4)
				.allSatisfy((group) -> assertThat(group.asString()).contains(":deploymentgroup:punctual/"));
		});
		assertThat(steps).anySatisfy((statement) -> assertThat(statement.path("Action").toString())
			.isEqualTo("\"codepipeline:GetPipelineState\""));
	}

	@Test
	void takesAllServicesBackIfOneFails() {
		assertThat(stage("Deploy").at("/OnFailure/Result").asString()).isEqualTo("ROLLBACK");
	}

	@Test
	void bringsTheApiAfterTheServicesThatImplementIt() {
		List<String> names = this.pipeline.at("Stages")
			.valueStream()
			.map((stage) -> stage.path("Name").asString())
			.toList();
		assertThat(names.indexOf("Gateway")).isGreaterThan(names.indexOf("Deploy"));
		assertThat(stage("Gateway").at("/Actions/0/Configuration/EnvironmentVariables").asString())
			.contains("release/gateway");
	}

	@Test
	void triesTheWholeBeforeItCallsItLiveAndAnnouncesIt() {
		assertThat(stage("Smoke").at("/Actions/0/Configuration/EnvironmentVariables").asString())
			.contains("release/smoke && release/done deploy && release/announce");
	}

	/**
	 * A commit that is pushed with its tag begins two: one deploys, the other announces.
	 */
	@Test
	void tellsABuildWhichRunItBelongsTo() {
		assertThat(stage("Build").at("/Actions/0/Configuration/EnvironmentVariables").asString())
			.contains("\"PUNCTUAL_EXECUTION\",\"value\":\"#{codepipeline.PipelineExecutionId}\"");
	}

	@Test
	void callsScriptsThatThereAre() {
		String all = this.stack.json().toString();
		List.of("findings", "settle", "idle", "foundation", "migrate", "traffic", "queue", "gateway", "smoke",
				"announce", "done", "install")
			.forEach((script) -> {
				assertThat(all).contains("release/" + script);
				assertThat(java.nio.file.Path.of("../release", script)).isExecutable();
			});
	}

	@Test
	void runsScriptsWhateverAnArtifactKeepsOfThem() {
		assertThat(this.stack.all("AWS::CodeBuild::Project"))
			.filteredOn((project) -> List.of("punctual-settle", "punctual-steps").contains(project.text("Name")))
			.hasSize(2)
			.allSatisfy((project) -> assertThat(project.text("Source/BuildSpec").indexOf("chmod +x")).isPositive()
				.isLessThan(project.text("Source/BuildSpec").indexOf("release/install jdk")));
	}

	@Test
	void makesNoSigningToolWhereNothingIsSigned() {
		assertThat(this.stack.all("AWS::CodeBuild::Project")).filteredOn(
				(project) -> !List.of("punctual-build", "punctual-pull-request-tree").contains(project.text("Name")))
			.hasSize(4)
			.allSatisfy((project) -> assertThat(project.text("Source/BuildSpec")).contains("release/install jdk"));
	}

	@Test
	void clonesTheRepositorySoThatTreesAndTagsAreKnown() {
		assertThat(stage("Source").at("/Actions/0/Configuration/OutputArtifactFormat").asString())
			.isEqualTo("CODEBUILD_CLONE_REF");
	}

	@Test
	void buildsQuicklyOnThePlatformOfTheServices() {
		Resource build = this.stack.only("AWS::CodeBuild::Project",
				(project) -> project.text("Name").equals("punctual-build"));
		assertThat(build.text("Environment/Type")).isEqualTo("ARM_CONTAINER");
		assertThat(build.text("Environment/ComputeType")).isEqualTo("BUILD_GENERAL1_LARGE");
		assertThat(build.at("Environment/EnvironmentVariables").toString()).contains("PUNCTUAL_PROFILE", "beside");
		assertThat(build.text("Source/BuildSpec")).isEqualTo("buildspec.yml");
		assertThat(build.text("Cache/Type")).as("without it the buildspec's cache keeps nothing").isEqualTo("S3");
	}

	/**
	 * An older command refuses the templates: the first run would end before its first
	 * stack.
	 */
	@Test
	void deploysByACommandThatCanReadWhatIsSynthesised() {
		JsonNode manifest = JsonMapper.builder()
			.build()
			.readTree(Synthesised.production().assembly().resolve("manifest.json").toFile());
		assertThat(Version.parse(Builds.CDK_CLI))
			.isGreaterThanOrEqualTo(Version.parse(manifest.path("minimumCliVersion").asString()));
	}

	/**
	 * The embedded database has no binaries for Linux on ARM.
	 */
	@Test
	void testsBesideTheBuildWhereTheTestsDatabaseRuns() {
		Resource test = this.stack.only("AWS::CodeBuild::Project",
				(project) -> project.text("Name").equals("punctual-test"));
		assertThat(test.text("Environment/Type")).isEqualTo("LINUX_CONTAINER");
		assertThat(test.text("Source/BuildSpec")).contains("release/install jdk", "release/test");
		assertThat(test.at("Environment/EnvironmentVariables").toString()).contains("PUNCTUAL_PROFILE", "quick",
				"PUNCTUAL_ARTIFACTS");
		JsonNode actions = stage("Build").path("Actions");
		assertThat(actions).hasSize(2)
			.allSatisfy((action) -> assertThat(action.path("RunOrder").asInt()).isEqualTo(1))
			.anySatisfy((action) -> assertThat(action.at("/Configuration/ProjectName/Ref").asString())
				.isEqualTo(test.id()));
		assertThat(this.stack.all("AWS::IAM::Policy")).as("the pipeline starts it")
			.anyMatch((policy) -> policy.json().toString().contains("codebuild:StartBuild")
					&& policy.mentions(test.id()));
	}

	@Test
	void buildsWhereAJdkIsAtHand() {
		assertThat(this.stack.all("AWS::CodeBuild::Project")).hasSize(6)
			.extracting((project) -> project.text("Environment/Image"))
			.containsOnly("aws/codebuild/amazonlinux-aarch64-standard:4.0", "aws/codebuild/standard:8.0");
	}

}
