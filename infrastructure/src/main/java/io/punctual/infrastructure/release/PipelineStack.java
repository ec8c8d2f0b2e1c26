package io.punctual.infrastructure.release;

import java.util.List;
import java.util.stream.Stream;

import io.punctual.infrastructure.common.Explained;
import io.punctual.infrastructure.common.LogBucket;
import io.punctual.infrastructure.common.Named;
import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.compute.ComputeStack;
import io.punctual.infrastructure.identity.IdentityStack;
import io.punctual.infrastructure.network.NetworkStack;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.codepipeline.CfnPipeline;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.ArtifactStoreProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.GitBranchFilterCriteriaProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.GitConfigurationProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.GitPushFilterProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.GitTagFilterCriteriaProperty;
import software.amazon.awscdk.services.codepipeline.CfnPipeline.PipelineTriggerDeclarationProperty;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.kms.KeySpec;
import software.amazon.awscdk.services.kms.KeyUsage;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.constructs.Construct;

/**
 * From a commit to all traffic: the pipeline, its builds, the key that signs what they
 * make.
 */
public final class PipelineStack extends Named {

	static final String NAME = "punctual";

	private final CfnPipeline pipeline;

	/**
	 * Depends on nothing that the pipeline deploys later: it is what a new account begins
	 * with.
	 */
	public PipelineStack(Construct scope, Environment environment, NetworkStack network, IdentityStack identity,
			ComputeStack compute) {
		super(scope, "Pipeline", "from a commit to all traffic", environment);
		Bucket accessLogs = LogBucket.create(this, "ArtifactsAccess", environment);
		Bucket artifacts = artifacts(accessLogs);
		Key signing = Key.Builder.create(this, "SigningKey")
			.alias("punctual-release")
			.description("Signs images and their provenance")
			.keySpec(KeySpec.ECC_NIST_P256)
			.keyUsage(KeyUsage.SIGN_VERIFY)
			.removalPolicy(RemovalPolicy.RETAIN)
			.build();
		Builds builds = new Builds(this, environment, artifacts, signing, network, identity, compute);
		Suite suite = new Suite(this, environment, artifacts);
		Role role = role(environment, artifacts, builds, suite, compute);
		Stages stages = new Stages(environment, builds, suite);
		this.pipeline = CfnPipeline.Builder.create(this, "Pipeline")
			.name(NAME)
			.pipelineType("V2")
			// One commit after the other: none is skipped, so no version's tag is either.
			.executionMode("QUEUED")
			// A run whose stage changes the pipeline is cancelled by that: the newest
			// commit is begun anew.
			.restartExecutionOnUpdate(true)
			.roleArn(role.getRoleArn())
			.artifactStore(ArtifactStoreProperty.builder().type("S3").location(artifacts.getBucketName()).build())
			.stages(stages.all())
			.triggers(List.of(trigger(environment.source().branch())))
			.build();
		this.pipeline.getNode().addDependency(role);
		new PullRequests(this, environment, artifacts, accessLogs);
	}

	public CfnPipeline pipeline() {
		return this.pipeline;
	}

	private static PipelineTriggerDeclarationProperty trigger(String branch) {
		return PipelineTriggerDeclarationProperty.builder()
			.providerType("CodeStarSourceConnection")
			.gitConfiguration(
					GitConfigurationProperty.builder()
						.sourceActionName(Stages.SOURCE)
						.push(List.of(
								GitPushFilterProperty.builder()
									.branches(
											GitBranchFilterCriteriaProperty.builder().includes(List.of(branch)).build())
									.build(),
								GitPushFilterProperty.builder()
									.tags(GitTagFilterCriteriaProperty.builder().includes(List.of("v*")).build())
									.build()))
						.build())
			.build();
	}

	private Bucket artifacts(Bucket accessLogs) {
		return Bucket.Builder.create(this, "Artifacts")
			.encryption(BucketEncryption.S3_MANAGED)
			.blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
			.enforceSsl(true)
			.versioned(true)
			.serverAccessLogsBucket(accessLogs)
			.removalPolicy(RemovalPolicy.RETAIN)
			.lifecycleRules(List.of(expiring("artifacts", "punctual/", 90), expiring("classes", "classes/", 30),
					// Of the builds and of the suite, which writes a gigabyte anew
					// whenever a library has changed.
					expiring("caches", "cache", 30), expiring("notes", "tested/", 90),
					// In a bucket of versions, what expires or is written over is
					// only hidden.
					LifecycleRule.builder()
						.id("hidden")
						.noncurrentVersionExpiration(Duration.days(7))
						.expiredObjectDeleteMarker(true)
						.abortIncompleteMultipartUploadAfter(Duration.days(1))
						.build()))
			.build();
	}

	private static LifecycleRule expiring(String id, String prefix, int days) {
		return LifecycleRule.builder().id(id).prefix(prefix).expiration(Duration.days(days)).build();
	}

	private Role role(Environment environment, Bucket artifacts, Builds builds, Suite suite, ComputeStack compute) {
		Role role = Role.Builder.create(this, "Role")
			.assumedBy(ServicePrincipal.Builder.create("codepipeline.amazonaws.com").build())
			.build();
		artifacts.grantReadWrite(role);
		role.addToPolicy(allow(List.of("codestar-connections:UseConnection", "codeconnections:UseConnection"),
				environment.source().connection()));
		role.addToPolicy(allow(List.of("codebuild:StartBuild", "codebuild:BatchGetBuilds", "codebuild:StopBuild"),
				builds.build().getProjectArn(), suite.project().getProjectArn(), builds.settle().getProjectArn(),
				builds.steps().getProjectArn()));
		role.addToPolicy(allow(List.of("codedeploy:CreateDeployment", "codedeploy:GetDeployment"),
				"arn:aws:codedeploy:%s:%s:deploymentgroup:%s/*".formatted(environment.region(), environment.account(),
						DeploymentStack.APPLICATION)));
		role.addToPolicy(allow(
				List.of("codedeploy:GetApplication", "codedeploy:GetApplicationRevision",
						"codedeploy:RegisterApplicationRevision"),
				"arn:aws:codedeploy:%s:%s:application:%s".formatted(environment.region(), environment.account(),
						DeploymentStack.APPLICATION)));
		role.addToPolicy(allow(List.of("codedeploy:GetDeploymentConfig"), "arn:aws:codedeploy:%s:%s:deploymentconfig:%s"
			.formatted(environment.region(), environment.account(), environment.profile().configuration())));
		role.addToPolicy(allow(List.of("ecs:RegisterTaskDefinition"), "*"));
		role.addToPolicy(allow(List.of("ecs:TagResource"),
				"arn:aws:ecs:%s:%s:task-definition/punctual-*".formatted(environment.region(), environment.account())));
		role.addToPolicy(PolicyStatement.Builder.create()
			.actions(List.of("iam:PassRole"))
			.resources(Stream.of(Service.values())
				.flatMap((service) -> Stream.of(compute.of(service).taskRole().getRoleArn(),
						compute.executionRoleArn(service)))
				.toList())
			.conditions(Ordered.map("StringEquals", Ordered.map("iam:PassedToService", "ecs-tasks.amazonaws.com")))
			.build());
		Explained.wildcard(role, "Action::s3:.*", "Reads and writes its own artifacts.");
		Explained.wildcard(role, "Resource::<Artifacts.*", "Reads and writes its own artifacts.");
		Explained.wildcard(role, "Resource::arn:aws:codedeploy:.*", "The four groups of the one application.");
		Explained.wildcard(role, "Resource::arn:aws:ecs:.*:task-definition/punctual-\\*",
				"Each registration makes a revision of one of our own families.");
		Explained.wildcard(role, "Resource::\\*", "ECS knows no narrower resource for registering a task definition.");
		return role;
	}

	private static PolicyStatement allow(List<String> actions, String... resources) {
		return PolicyStatement.Builder.create().actions(actions).resources(List.of(resources)).build();
	}

}
