package io.punctual.infrastructure.release;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.punctual.infrastructure.common.Explained;
import io.punctual.infrastructure.common.Logs;
import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.codebuild.BuildEnvironment;
import software.amazon.awscdk.services.codebuild.BuildEnvironmentVariable;
import software.amazon.awscdk.services.codebuild.BuildSpec;
import software.amazon.awscdk.services.codebuild.CfnProject;
import software.amazon.awscdk.services.codebuild.CloudWatchLoggingOptions;
import software.amazon.awscdk.services.codebuild.ComputeType;
import software.amazon.awscdk.services.codebuild.LoggingOptions;
import software.amazon.awscdk.services.codebuild.PipelineProject;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * The suite of a commit that no note says has passed it, beside the build: on x86
 * whatever the services run on, because the tests' embedded database has no binaries for
 * Linux on ARM. It may read the source and write its note, and nothing else.
 */
final class Suite extends Construct {

	private final PipelineProject project;

	Suite(Construct scope, Environment environment, Bucket artifacts) {
		super(scope, "Suite");
		this.project = PipelineProject.Builder.create(this, "Test")
			.projectName("punctual-test")
			.description("The suite, unless this tree has passed it")
			.buildSpec(BuildSpec.fromObject(Ordered.map("version", "0.2", "env", Ordered.map("shell", "bash"), "phases",
					Ordered.map("install",
							Ordered.map("on-failure", "ABORT", "commands", List.of("release/install jdk")), "build",
							Ordered.map("on-failure", "ABORT", "commands", List.of("release/test"))),
					"reports", reports("."), "cache",
					Ordered.map("paths", List.of("/root/.m2/repository/**/*", "/root/.cache/punctual/**/*")))))
			.environment(BuildEnvironment.builder().buildImage(Images.X86).computeType(ComputeType.LARGE).build())
			.environmentVariables(Ordered.map("PUNCTUAL_PROFILE", variable("quick"), "PUNCTUAL_ARTIFACTS",
					variable(artifacts.getBucketName())))
			.timeout(Duration.minutes(45))
			.logging(LoggingOptions.builder()
				.cloudWatch(CloudWatchLoggingOptions.builder()
					.logGroup(Logs.group(this, "Logs", "/punctual/test", environment))
					.build())
				.build())
			.build();
		// The CDK's own way to say so would let it write to all of the bucket.
		((CfnProject) Objects.requireNonNull(this.project.getNode().getDefaultChild())).addPropertyOverride("Cache",
				Ordered.map("Type", "S3", "Location", artifacts.getBucketName() + "/cache-test"));
		artifacts.grantRead(this.project, "punctual/*");
		artifacts.grantReadWrite(this.project, "cache-test/*");
		artifacts.grantReadWrite(this.project, "tested/*");
		this.project.addToRolePolicy(PolicyStatement.Builder.create()
			.actions(List.of("codestar-connections:UseConnection", "codeconnections:UseConnection"))
			.resources(List.of(environment.source().connection()))
			.build());
		Explained.exception(this.project, "AwsSolutions-CB4",
				"What it leaves is encrypted by the bucket; a key of its own would guard the same readers.");
		Explained.wildcard(this.project, "Resource::arn:<AWS::Partition>:logs:.*", "The build's own log group.");
		Explained.wildcard(this.project, "Resource::arn:<AWS::Partition>:codebuild:.*", "The build's own reports.");
		Explained.wildcard(this.project, "Action::s3:.*",
				"Reads the source; reads and writes its cache and its notes.");
		Explained.wildcard(this.project, "Resource::<Artifacts.*", "The source, its cache, and a note for each tree.");
	}

	PipelineProject project() {
		return this.project;
	}

	/**
	 * The tests' reports below a folder.
	 */
	static Map<String, Object> reports(String folder) {
		return Ordered.map("tests", Ordered.map("base-directory", folder, "file-format", "JUNITXML", "files",
				List.of("**/target/surefire-reports/TEST-*.xml")));
	}

	private static BuildEnvironmentVariable variable(String value) {
		return BuildEnvironmentVariable.builder().value(value).build();
	}

}
