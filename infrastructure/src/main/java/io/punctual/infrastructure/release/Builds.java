package io.punctual.infrastructure.release;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.common.Explained;
import io.punctual.infrastructure.common.Logs;
import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.compute.ComputeStack;
import io.punctual.infrastructure.identity.IdentityStack;
import io.punctual.infrastructure.identity.MachineClient;
import io.punctual.infrastructure.network.NetworkStack;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.codebuild.BucketCacheOptions;
import software.amazon.awscdk.services.codebuild.BuildEnvironment;
import software.amazon.awscdk.services.codebuild.BuildEnvironmentVariable;
import software.amazon.awscdk.services.codebuild.BuildSpec;
import software.amazon.awscdk.services.codebuild.CloudWatchLoggingOptions;
import software.amazon.awscdk.services.codebuild.Cache;
import software.amazon.awscdk.services.codebuild.ComputeType;
import software.amazon.awscdk.services.codebuild.LoggingOptions;
import software.amazon.awscdk.services.codebuild.PipelineProject;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * The projects of the pipeline: the one that builds a commit ({@code buildspec.yml}), the
 * one that settles what is deployed, and the one that runs a script of {@code release/}
 * in any other stage. They may do different things: what compiles a commit's code cannot
 * deploy a stack.
 */
final class Builds extends Construct {

	/**
	 * Of the CDK's command: it must be one that can read what the library synthesises.
	 */
	static final String CDK_CLI = "2.1134.0";

	/** An artifact is a zip file, and whether it keeps this is nobody's promise. */
	private static final String EXECUTABLE = "find release -type f -exec grep -lI '^#!' {} + | xargs chmod +x";

	/**
	 * The images' base, from where it may be pulled without a credential. Docker Hub
	 * counts anonymous pulls by address, and CodeBuild's are shared with strangers.
	 */
	static final String BASE = "public.ecr.aws/docker/library/eclipse-temurin:25-jre";

	private static final String SIGNING_KEY = "awskms:///alias/punctual-release";

	private final Environment environment;

	private final Rights rights;

	private final Bucket artifacts;

	private final PipelineProject build;

	private final PipelineProject settle;

	private final PipelineProject steps;

	Builds(Construct scope, Environment environment, Bucket artifacts, Key signing, NetworkStack network,
			IdentityStack identity, ComputeStack compute) {
		super(scope, "Builds");
		this.environment = environment;
		this.rights = new Rights(environment);
		this.artifacts = artifacts;
		this.build = buildProject();
		this.settle = settleProject();
		this.steps = stepsProject(network, identity, compute);
		for (PipelineProject project : List.of(this.build, this.settle, this.steps)) {
			// The steps look whether what they deploy is signed; the build signs it.
			project.addToRolePolicy(Rights.allow(List.of("kms:GetPublicKey", "kms:DescribeKey"), signing.getKeyArn()));
			Explained.exception(project, "AwsSolutions-CB4",
					"What it leaves is encrypted by the bucket; a key of its own would guard the same readers.");
			Explained.wildcard(project, "Resource::arn:<AWS::Partition>:logs:.*", "The build's own log group.");
			Explained.wildcard(project, "Resource::arn:<AWS::Partition>:codebuild:.*", "The build's own reports.");
			Explained.wildcard(project, "Action::s3:.*", "Reads and writes the pipeline's own artifacts.");
			Explained.wildcard(project, "Resource::<Artifacts.*", "Reads and writes the pipeline's own artifacts.");
			Explained.wildcard(project, "Resource::\\*",
					"Signing in to ECR, Inspector's scan, and registering a task definition know no narrower resource.");
		}
		this.build.addToRolePolicy(Rights.allow(List.of("kms:Sign"), signing.getKeyArn()));
	}

	PipelineProject build() {
		return this.build;
	}

	PipelineProject settle() {
		return this.settle;
	}

	PipelineProject steps() {
		return this.steps;
	}

	private PipelineProject buildProject() {
		PipelineProject project = PipelineProject.Builder.create(this, "Build")
			.projectName("punctual-build")
			.description("Builds a commit: buildspec.yml")
			.buildSpec(BuildSpec.fromSourceFilename("buildspec.yml"))
			.environment(BuildEnvironment.builder()
				.buildImage(Images.of(this.environment.platform()))
				.computeType(ComputeType.LARGE)
				// Images and the class caches in them are made by a Docker engine.
				.privileged(true)
				.build())
			.environmentVariables(plain(Ordered.map("PUNCTUAL_PROFILE", "beside", "PUNCTUAL_PLATFORM",
					this.environment.platform().text(), "PUNCTUAL_ARTIFACTS", this.artifacts.getBucketName(),
					"PUNCTUAL_SIGNING_KEY", SIGNING_KEY, "MAVEN_ARGS", "-Djib.from.image=" + BASE)))
			.timeout(Duration.minutes(30))
			// Without it each build would fetch Maven's world and make cosign anew: the
			// buildspec's paths alone keep nothing.
			.cache(Cache.bucket(this.artifacts, BucketCacheOptions.builder().prefix("cache").build()))
			.logging(logs("BuildLogs", "/punctual/build"))
			.build();
		Explained.exception(project, "AwsSolutions-CB3",
				"Class caches are trained in a container of the image, by a Docker engine in the build.");
		this.artifacts.grantReadWrite(project);
		project.addToRolePolicy(Rights.allow(List.of("ecr:GetAuthorizationToken", "inspector-scan:ScanSbom"), "*"));
		project.addToRolePolicy(Rights.allow(List.of("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage",
				"ecr:CompleteLayerUpload", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer",
				"ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"), this.rights.repositories()));
		project.addToRolePolicy(Rights.allow(List.of("ssm:GetParameter"), this.rights.parameters()));
		// What it has begun; that something is done only the stage that does it may say.
		project.addToRolePolicy(Rights.allow(List.of("ssm:PutParameter"), this.rights.begun()));
		// Whether another run is bringing the same commit into service.
		project.addToRolePolicy(Rights.allow(List.of("codepipeline:ListPipelineExecutions"),
				this.rights.arn("codepipeline", PipelineStack.NAME)));
		project.addToRolePolicy(
				Rights.allow(List.of("codestar-connections:UseConnection", "codeconnections:UseConnection"),
						this.environment.source().connection()));
		this.rights.explainParameters(project);
		return project;
	}

	private PipelineProject settleProject() {
		Map<String, Object> settled = new LinkedHashMap<>();
		for (Service service : Service.values()) {
			settled.put(service.id(), Ordered.map("base-directory", "target/release/settled/" + service.id(), "files",
					List.of("taskdef.json", "appspec.yaml")));
		}
		PipelineProject project = step("Settle", "punctual-settle",
				"Puts an account's settings into what is deployed, if the registry found nothing against it; waits until nothing else is on its way",
				List.of("release/findings", "release/settle", "release/idle"),
				Ordered.map("secondary-artifacts", settled),
				Ordered.map("PUNCTUAL_ARTIFACTS", this.artifacts.getBucketName()), Duration.minutes(30));
		project.addToRolePolicy(Rights.allow(List.of("codedeploy:ListDeployments"), this.rights.groups()));
		project.addToRolePolicy(Rights.allow(List.of("ecr:DescribeImageScanFindings"), this.rights.repositories()));
		this.rights.readSignatures(project);
		project.addToRolePolicy(Rights.allow(List.of("ssm:GetParameter"), this.rights.parameters()));
		this.rights.explainParameters(project);
		return project;
	}

	private PipelineProject stepsProject(NetworkStack network, IdentityStack identity, ComputeStack compute) {
		MachineClient releasing = identity.machine("release", "provider.read", "provider.write");
		Map<String, String> variables = new LinkedHashMap<>();
		variables.put("PUNCTUAL_ENVIRONMENT", this.environment.name());
		variables.put("PUNCTUAL_ARTIFACTS", this.artifacts.getBucketName());
		variables.put("PUNCTUAL_SIGNING_KEY", SIGNING_KEY);
		variables.put("PUNCTUAL_CDK_CLI", CDK_CLI);
		variables.put("PUNCTUAL_MIGRATE_NETWORK", migrateNetwork(network));
		variables.put("PUNCTUAL_CLUSTER", ComputeStack.CLUSTER);
		variables.put("PUNCTUAL_API", "https://" + this.environment.apiHost());
		variables.put("PUNCTUAL_TOKEN_URI", identity.tokenUri());
		variables.put("PUNCTUAL_CLIENT_ID", releasing.clientId());
		variables.put("PUNCTUAL_CREDENTIAL", releasing.secret().getSecretArn());
		variables.put("PUNCTUAL_RECEIVER_SECRET", Functions.RECEIVER_SECRET);
		PipelineProject project = step("Steps", "punctual-steps",
				"Runs a script of release/ in a stage after the build", List.of("eval \"$STEP\""), Map.of(), variables,
				Duration.minutes(60));
		releasing.secret().grantRead(project);
		project.addToRolePolicy(Rights.allow(List.of("secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"),
				this.rights.arn("secretsmanager", "secret:" + Functions.RECEIVER_SECRET + "-??????")));
		// The CDK's own roles do what a deployment of stacks needs; its bootstrap made
		// them.
		project.addToRolePolicy(Rights.allow(List.of("sts:AssumeRole"),
				"arn:aws:iam::%s:role/cdk-hnb659fds-*".formatted(this.environment.account())));
		project.addToRolePolicy(Rights.allow(List.of("ecs:RegisterTaskDefinition"), "*"));
		project.addToRolePolicy(
				Rights.allow(List.of("ecs:TagResource"), this.rights.arn("ecs", "task-definition/punctual-*")));
		project
			.addToRolePolicy(Rights.allow(List.of("ssm:GetParameter", "ssm:PutParameter"), this.rights.parameters()));
		project.addToRolePolicy(Rights.allow(List.of("ssm:DeleteParameter"), this.rights.begun()));
		this.rights.readSignatures(project);
		// A release that waits for another one ends that one's blue.
		project.addToRolePolicy(Rights.allow(List.of("codepipeline:GetPipelineState"),
				this.rights.arn("codepipeline", PipelineStack.NAME)));
		project.addToRolePolicy(Rights.allow(List.of("codedeploy:ContinueDeployment", "codedeploy:GetDeploymentTarget",
				"codedeploy:ListDeploymentTargets", "codedeploy:ListDeployments"), this.rights.groups()));
		project.addToRolePolicy(Rights.allow(List.of("cloudformation:SetStackPolicy"), this.rights.stack("Traffic")));
		// What could not be made stands in the way of the next try.
		project.addToRolePolicy(
				Rights.allow(List.of("cloudformation:DescribeStacks", "cloudformation:UpdateTerminationProtection"),
						"arn:aws:cloudformation:*:%s:stack/*".formatted(this.environment.account())));
		project.addToRolePolicy(Rights.allow(List.of("ecs:RunTask"), Arrays.stream(Service.values())
			.map((service) -> this.rights.arn("ecs", "task-definition/punctual-%s-migrate:*".formatted(service.id())))
			.toArray(String[]::new)));
		project.addToRolePolicy(Rights.allow(List.of("ecs:DescribeTasks"),
				this.rights.arn("ecs", "task/" + ComputeStack.CLUSTER + "/*")));
		project.addToRolePolicy(PolicyStatement.Builder.create()
			.actions(List.of("iam:PassRole"))
			.resources(
					List.of(compute.migrate().taskRole().getRoleArn(), compute.migrate().executionRole().getRoleArn()))
			.conditions(Ordered.map("StringEquals", Ordered.map("iam:PassedToService", "ecs-tasks.amazonaws.com")))
			.build());
		this.rights.explainParameters(project);
		Explained.wildcard(project, "Resource::arn:aws:cloudformation:.*",
				"A stack's ARN ends in an id made by AWS; and any of the stacks that it deploys, in two regions, may be one that could not be made. The CDK's roles, which it may take, may do the same.");
		Explained.wildcard(project, "Resource::arn:aws:ecs:.*",
				"Any revision of the four migrate tasks, and the cluster's tasks.");
		Explained.wildcard(project, "Resource::arn:aws:secretsmanager:.*",
				"A secret's ARN ends in six letters of AWS's.");
		Explained.wildcard(project, "Resource::arn:aws:iam:.*",
				"The roles of the CDK's bootstrap, which deploy stacks and publish their assets.");
		return project;
	}

	private PipelineProject step(String id, String name, String description, List<String> commands,
			Map<String, Object> leaves, Map<String, String> variables, Duration timeout) {
		Map<String, Object> specification = new LinkedHashMap<>(Ordered.map("version", "0.2", "env",
				Ordered.map("shell", "bash"), "phases",
				Ordered.map("install",
						Ordered.map("on-failure", "ABORT", "commands", List.of(EXECUTABLE, "release/install jdk")),
						"build", Ordered.map("on-failure", "ABORT", "commands", commands))));
		if (!leaves.isEmpty()) {
			specification.put("artifacts", leaves);
		}
		PipelineProject project = PipelineProject.Builder.create(this, id)
			.projectName(name)
			.description(description)
			.buildSpec(BuildSpec.fromObject(specification))
			.environment(BuildEnvironment.builder()
				.buildImage(Images.of(this.environment.platform()))
				.computeType(ComputeType.SMALL)
				.build())
			.environmentVariables(plain(variables))
			.timeout(timeout)
			.logging(logs(id + "Logs", "/punctual/" + name))
			.build();
		this.artifacts.grantReadWrite(project);
		return project;
	}

	private static String migrateNetwork(NetworkStack network) {
		return "awsvpcConfiguration={subnets=[%s],securityGroups=[%s],assignPublicIp=DISABLED}".formatted(
				String.join(",", network.vpc().selectSubnets(network.taskSubnets(false)).getSubnetIds()),
				network.groups().migrate().getSecurityGroupId());
	}

	private LoggingOptions logs(String id, String name) {
		return LoggingOptions.builder()
			.cloudWatch(
					CloudWatchLoggingOptions.builder().logGroup(Logs.group(this, id, name, this.environment)).build())
			.build();
	}

	/**
	 * One variable, as an action of CodePipeline takes it.
	 */
	static String variable(String name, String value) {
		return "[{\"name\":\"%s\",\"value\":\"%s\",\"type\":\"PLAINTEXT\"}]".formatted(name, value);
	}

	private static Map<String, BuildEnvironmentVariable> plain(Map<String, String> variables) {
		Map<String, BuildEnvironmentVariable> plain = new LinkedHashMap<>();
		variables.forEach((name, value) -> plain.put(name, BuildEnvironmentVariable.builder().value(value).build()));
		return plain;
	}

}
