package io.punctual.infrastructure.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.ActionDeclarationProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.ActionTypeIdProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.BeforeEntryConditionsProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.ConditionProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.FailureConditionsProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.InputArtifactProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.OutputArtifactProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.RuleDeclarationProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.RuleTypeIdProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.StageDeclarationProperty;

/**
 * The pipeline's stages. All between the build and the smoke test are skipped, in a
 * second, unless the build said that there is something for them to do.
 */
final class Stages {

	static final String SOURCE = "Source";

	/** The namespace of the build's exported variables. */
	private static final String BUILD = "build";

	/** What the build leaves for all later stages. */
	private static final String RELEASE = "release";

	private final Environment environment;

	private final Builds builds;

	private final Suite suite;

	Stages(Environment environment, Builds builds, Suite suite) {
		this.environment = environment;
		this.builds = builds;
		this.suite = suite;
	}

	List<StageDeclarationProperty> all() {
		return List.of(stage("Source", source()), stage("Build", build(), test()),
				where("FOUNDATION", "Foundation", step("Foundation", "release/foundation", 1)).build(),
				where("MIGRATE", "Migrate", step("Migrate", "release/migrate", 1)).build(),
				where("TRAFFIC", "Traffic", step("Traffic", "release/traffic", 1)).build(),
				// Before the stage that another run keeps until its blue has ended.
				where("QUEUE", "Queue", step("Queue", "release/queue", 1)).build(), deploy(),
				where("GATEWAY", "Gateway", step("Gateway", "release/gateway", 1)).build(),
				stage("Smoke", step("Smoke", "release/smoke && release/done deploy && release/announce", 1)));
	}

	private static StageDeclarationProperty stage(String name, ActionDeclarationProperty... actions) {
		return StageDeclarationProperty.builder().name(name).actions(List.of(actions)).build();
	}

	/**
	 * A stage that is entered only if the build exported {@code run} under that name.
	 */
	private static StageDeclarationProperty.Builder where(String variable, String name,
			ActionDeclarationProperty... actions) {
		return StageDeclarationProperty.builder()
			.name(name)
			.actions(List.of(actions))
			.beforeEntry(BeforeEntryConditionsProperty.builder()
				.conditions(List.of(ConditionProperty.builder()
					.result("SKIP")
					.rules(List.of(RuleDeclarationProperty.builder()
						.name(name + "HasWork")
						.ruleTypeId(RuleTypeIdProperty.builder()
							.category("Rule")
							.owner("AWS")
							.provider("VariableCheck")
							.version("1")
							.build())
						.configuration(Ordered.map("Variable", "#{" + BUILD + "." + variable + "}", "Value", "run",
								"Operator", "EQ"))
						.build()))
					.build()))
				.build());
	}

	/**
	 * All services at once. If one is turned back, the stage goes back as a whole: what
	 * is live is one commit's. Skipped only where a version's tag started the run and its
	 * commit is live, on its way there, or older than what is.
	 */
	private StageDeclarationProperty deploy() {
		List<ActionDeclarationProperty> actions = new ArrayList<>();
		actions.add(action("Settle", "Build", "CodeBuild", 1)
			.configuration(Ordered.map("ProjectName", this.builds.settle().getProjectName()))
			.inputArtifacts(List.of(InputArtifactProperty.builder().name(RELEASE).build()))
			.outputArtifacts(java.util.Arrays.stream(Service.values())
				.map((service) -> OutputArtifactProperty.builder().name(service.id()).build())
				.toList())
			.build());
		for (Service service : Service.values()) {
			actions.add(action(service.title(), "Deploy", "CodeDeployToECS", 2)
				.configuration(Ordered.map("ApplicationName", DeploymentStack.APPLICATION, "DeploymentGroupName",
						service.id(), "TaskDefinitionTemplateArtifact", service.id(), "TaskDefinitionTemplatePath",
						"taskdef.json", "AppSpecTemplateArtifact", service.id(), "AppSpecTemplatePath", "appspec.yaml"))
				.inputArtifacts(List.of(InputArtifactProperty.builder().name(service.id()).build()))
				.build());
		}
		return where("DEPLOY", "Deploy", actions.toArray(ActionDeclarationProperty[]::new))
			.onFailure(FailureConditionsProperty.builder().result("ROLLBACK").build())
			.build();
	}

	private ActionDeclarationProperty source() {
		return action(SOURCE, "Source", "CodeStarSourceConnection", 1)
			// A clone, not an archive: the tree's id and the tags are asked of git.
			.configuration(Ordered.map("ConnectionArn", this.environment.source().connection(), "FullRepositoryId",
					this.environment.source().repository(), "BranchName", this.environment.source().branch(),
					"OutputArtifactFormat", "CODEBUILD_CLONE_REF", "DetectChanges", "false"))
			.outputArtifacts(List.of(OutputArtifactProperty.builder().name("source").build()))
			.build();
	}

	private ActionDeclarationProperty build() {
		return action("Build", "Build", "CodeBuild", 1).namespace(BUILD)
			// By it a run tells itself from others of its commit: a tag begins one more.
			.configuration(Ordered.map("ProjectName", this.builds.build().getProjectName(), "EnvironmentVariables",
					Builds.variable("PUNCTUAL_EXECUTION", "#{codepipeline.PipelineExecutionId}")))
			.inputArtifacts(List.of(InputArtifactProperty.builder().name("source").build()))
			.outputArtifacts(List.of(OutputArtifactProperty.builder().name(RELEASE).build()))
			.build();
	}

	/**
	 * Beside the build: where a note says that the tree has passed, it costs no time.
	 */
	private ActionDeclarationProperty test() {
		return action("Test", "Test", "CodeBuild", 1)
			.configuration(Ordered.map("ProjectName", this.suite.project().getProjectName()))
			.inputArtifacts(List.of(InputArtifactProperty.builder().name("source").build()))
			.build();
	}

	private ActionDeclarationProperty step(String name, String command, int order) {
		Map<String, Object> configuration = new LinkedHashMap<>();
		configuration.put("ProjectName", this.builds.steps().getProjectName());
		configuration.put("EnvironmentVariables", Builds.variable("STEP", command));
		return action(name, "Build", "CodeBuild", order).configuration(configuration)
			.inputArtifacts(List.of(InputArtifactProperty.builder().name(RELEASE).build()))
			.build();
	}

	private static ActionDeclarationProperty.Builder action(String name, String category, String provider, int order) {
		return ActionDeclarationProperty.builder()
			.name(name)
			.runOrder(order)
			.actionTypeId(ActionTypeIdProperty.builder()
				.category(category)
				.owner("AWS")
				.provider(provider)
				.version("1")
				.build());
	}

}
