package io.punctual.infrastructure.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.common.Explained;
import io.punctual.infrastructure.common.Logs;
import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Repository;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.codebuild.BuildEnvironment;
import software.amazon.awscdk.services.codebuild.BuildEnvironmentVariable;
import software.amazon.awscdk.services.codebuild.BuildSpec;
import software.amazon.awscdk.services.codebuild.CloudWatchLoggingOptions;
import software.amazon.awscdk.services.codebuild.ComputeType;
import software.amazon.awscdk.services.codebuild.LoggingOptions;
import software.amazon.awscdk.services.codebuild.PipelineProject;
import software.amazon.awscdk.services.codepipeline.CfnPipeline;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.ActionDeclarationProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.ActionTypeIdProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.ArtifactStoreProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.GitBranchFilterCriteriaProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.GitConfigurationProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.GitPullRequestFilterProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.InputArtifactProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.OutputArtifactProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.PipelineTriggerDeclarationProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.StageDeclarationProperty;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.constructs.Construct;

/**
 * The suite of a pull request, and the note that its tree has passed, by which a release
 * waits for no suite. What a branch brings is run in one place, which may read what it
 * was handed and nothing else; which tree the note is of is found out before, and the
 * note is written afterwards, by what no branch can change.
 */
final class PullRequests extends Construct {

	private static final String TREE = "tree";

	private static final String SUITE = "suite";

	private final Environment environment;

	private final Bucket handover;

	PullRequests(Construct scope, Environment environment, IBucket notes, IBucket accessLogs) {
		super(scope, "PullRequests");
		this.environment = environment;
		this.handover = handover(accessLogs);
		PipelineProject tree = treeProject();
		PipelineProject suite = suiteProject();
		Role role = role(notes, tree, suite);
		CfnPipeline pipeline = CfnPipeline.Builder.create(this, "Pipeline")
			.name("punctual-pull-requests")
			.pipelineType("V2")
			// One does not wait for the other, and none is left out.
			.executionMode("PARALLEL")
			.roleArn(role.getRoleArn())
			.artifactStore(ArtifactStoreProperty.builder().type("S3").location(this.handover.getBucketName()).build())
			.stages(List.of(stage("Source", source()), stage("Tree", tree(tree)), stage("Suite", suite(suite)),
					stage("Note", note(notes))))
			.triggers(List.of(trigger()))
			.build();
		pipeline.getNode().addDependency(role);
	}

	private Bucket handover(IBucket accessLogs) {
		return Bucket.Builder.create(this, "Handover")
			.encryption(BucketEncryption.S3_MANAGED)
			.blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
			.enforceSsl(true)
			.serverAccessLogsBucket(accessLogs)
			.serverAccessLogsPrefix("pull-requests/")
			.removalPolicy(RemovalPolicy.RETAIN)
			.lifecycleRules(List.of(LifecycleRule.builder().id("expire").expiration(Duration.days(7)).build()))
			.build();
	}

	/**
	 * Clones, and runs nothing of what it has cloned.
	 */
	private PipelineProject treeProject() {
		PipelineProject project = project("Tree", "punctual-pull-request-tree",
				"Which tree of a pull request is tested; hands its source to the suite",
				Ordered.map("version", "0.2", "env",
						Ordered.map(
								"shell", "bash", "git-credential-helper", "yes", "exported-variables", List.of("TREE")),
						"phases",
						Ordered.map("build",
								Ordered.map("on-failure", "ABORT", "commands",
										List.of("bash <<'SCRIPT'\n" + script() + "SCRIPT",
												"export TREE=$(< .git/handover/tree)"))),
						"artifacts",
						Ordered.map("secondary-artifacts",
								Ordered.map(SUITE, left("source.bundle"), "note", left("commit")))),
				BuildEnvironment.builder()
					.buildImage(Images.of(this.environment.platform()))
					.computeType(ComputeType.SMALL)
					.build(),
				Duration.minutes(5));
		this.handover.grantReadWrite(project);
		// May read this repository, and not write to it: even what it does not run shall
		// not be able to push.
		project.addToRolePolicy(PolicyStatement.Builder.create()
			.actions(List.of("codestar-connections:UseConnection", "codeconnections:UseConnection"))
			.resources(List.of(this.environment.source().connection()))
			.conditions(Ordered.map("StringEqualsIfExists",
					Ordered.map("codeconnections:FullRepositoryId", this.environment.source().repository(),
							"codeconnections:ProviderPermissionsRequired", "read_only",
							"codestar-connections:FullRepositoryId", this.environment.source().repository(),
							"codestar-connections:ProviderPermissionsRequired", "read_only")))
			.build());
		return project;
	}

	private static Map<String, Object> left(String file) {
		return Ordered.map("base-directory", ".git/handover", "files", List.of(file));
	}

	/**
	 * Runs what the branch brings: no right but to read what it was handed, no cache.
	 */
	private PipelineProject suiteProject() {
		PipelineProject project = project("Suite", "punctual-pull-request", "The suite of a pull request",
				Ordered.map("version", "0.2", "env",
						Ordered.map("shell", "bash", "variables", Ordered.map("PUNCTUAL_PROFILE", "alone")), "phases",
						Ordered.map("build",
								Ordered.map("on-failure", "ABORT", "commands",
										List.of("git clone --quiet source.bundle source && cd source",
												"release/install jdk", "release/test"))),
						"reports", Suite.reports("source")),
				BuildEnvironment.builder().buildImage(Images.X86).computeType(ComputeType.LARGE).build(),
				Duration.minutes(45));
		this.handover.grantRead(project);
		return project;
	}

	private PipelineProject project(String id, String name, String description, Map<String, Object> specification,
			BuildEnvironment machine, Duration timeout) {
		PipelineProject project = PipelineProject.Builder.create(this, id)
			.projectName(name)
			.description(description)
			.buildSpec(BuildSpec.fromObject(new LinkedHashMap<>(specification)))
			.environment(machine)
			.timeout(timeout)
			.logging(LoggingOptions.builder()
				.cloudWatch(CloudWatchLoggingOptions.builder()
					.logGroup(Logs.group(this, id + "Logs", "/punctual/" + name.substring("punctual-".length()),
							this.environment))
					.build())
				.build())
			.build();
		Explained.exception(project, "AwsSolutions-CB4",
				"What it leaves is encrypted by the bucket; a key of its own would guard the same readers.");
		Explained.wildcard(project, "Resource::arn:<AWS::Partition>:logs:.*", "The build's own log group.");
		Explained.wildcard(project, "Resource::arn:<AWS::Partition>:codebuild:.*", "The build's own reports.");
		Explained.wildcard(project, "Action::s3:.*", "Hands over what is tested.");
		Explained.wildcard(project, "Resource::<PullRequestsHandover.*", "What is handed over of a pull request.");
		return project;
	}

	private static String script() {
		try {
			return Files.readString(Repository.file("release/tree"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Role role(IBucket notes, PipelineProject... projects) {
		Role role = Role.Builder.create(this, "Role")
			.assumedBy(ServicePrincipal.Builder.create("codepipeline.amazonaws.com").build())
			.build();
		this.handover.grantReadWrite(role);
		role.addToPolicy(allow(List.of("codestar-connections:UseConnection", "codeconnections:UseConnection"),
				this.environment.source().connection()));
		role.addToPolicy(allow(List.of("codebuild:StartBuild", "codebuild:BatchGetBuilds", "codebuild:StopBuild"),
				Arrays.stream(projects).map(PipelineProject::getProjectArn).toArray(String[]::new)));
		role.addToPolicy(allow(
				List.of("s3:PutObject", "s3:PutObjectTagging", "s3:PutObjectVersionTagging", "s3:AbortMultipartUpload"),
				notes.arnForObjects("tested/*")));
		Explained.wildcard(role, "Action::s3:.*", "Reads and writes its own artifacts.");
		Explained.wildcard(role, "Resource::<PullRequestsHandover.*", "Reads and writes its own artifacts.");
		Explained.wildcard(role, "Resource::<Artifacts.*>/tested/\\*", "A note for each tree that has passed.");
		return role;
	}

	private PipelineTriggerDeclarationProperty trigger() {
		return PipelineTriggerDeclarationProperty.builder()
			.providerType("CodeStarSourceConnection")
			.gitConfiguration(GitConfigurationProperty.builder()
				.sourceActionName(Stages.SOURCE)
				.pullRequest(List.of(GitPullRequestFilterProperty.builder()
					.events(List.of("OPEN", "UPDATED"))
					.branches(GitBranchFilterCriteriaProperty.builder()
						.includes(List.of(this.environment.source().branch()))
						.build())
					.build()))
				.build())
			.build();
	}

	private static StageDeclarationProperty stage(String name, ActionDeclarationProperty action) {
		return StageDeclarationProperty.builder().name(name).actions(List.of(action)).build();
	}

	private ActionDeclarationProperty source() {
		return action(Stages.SOURCE, "Source", "CodeStarSourceConnection")
			// Of a pull request the trigger says which commit; the branch is what is
			// built
			// when somebody starts it.
			.configuration(Ordered.map("ConnectionArn", this.environment.source().connection(), "FullRepositoryId",
					this.environment.source().repository(), "BranchName", this.environment.source().branch(),
					"OutputArtifactFormat", "CODEBUILD_CLONE_REF", "DetectChanges", "false"))
			.outputArtifacts(List.of(output("clone")))
			.build();
	}

	private ActionDeclarationProperty tree(PipelineProject project) {
		return action("Tree", "Build", "CodeBuild").namespace(TREE)
			.configuration(Ordered.map("ProjectName", project.getProjectName()))
			.inputArtifacts(List.of(input("clone")))
			.outputArtifacts(List.of(output(SUITE), output("note")))
			.build();
	}

	private ActionDeclarationProperty suite(PipelineProject project) {
		return action("Suite", "Test", "CodeBuild").configuration(Ordered.map("ProjectName", project.getProjectName()))
			.inputArtifacts(List.of(input(SUITE)))
			.build();
	}

	/**
	 * Only after a suite that passed; of the tree that was found out before it.
	 */
	private ActionDeclarationProperty note(IBucket notes) {
		return action("Note", "Deploy", "S3")
			.configuration(Ordered.map("BucketName", notes.getBucketName(), "Extract", "false", "ObjectKey",
					"tested/#{" + TREE + ".TREE}"))
			.inputArtifacts(List.of(input("note")))
			.build();
	}

	private static InputArtifactProperty input(String name) {
		return InputArtifactProperty.builder().name(name).build();
	}

	private static OutputArtifactProperty output(String name) {
		return OutputArtifactProperty.builder().name(name).build();
	}

	private static ActionDeclarationProperty.Builder action(String name, String category, String provider) {
		return ActionDeclarationProperty.builder()
			.name(name)
			.runOrder(1)
			.actionTypeId(ActionTypeIdProperty.builder()
				.category(category)
				.owner("AWS")
				.provider(provider)
				.version("1")
				.build());
	}

	private static PolicyStatement allow(List<String> actions, String... resources) {
		return PolicyStatement.Builder.create().actions(actions).resources(List.of(resources)).build();
	}

}
