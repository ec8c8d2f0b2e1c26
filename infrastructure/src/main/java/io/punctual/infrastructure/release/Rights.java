package io.punctual.infrastructure.release;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import io.punctual.infrastructure.common.Explained;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.services.codebuild.PipelineProject;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What the roles of {@link Builds} are granted: by the names that things of the release
 * have in an account.
 */
final class Rights {

	private final Environment environment;

	Rights(Environment environment) {
		this.environment = environment;
	}

	static PolicyStatement allow(List<String> actions, String... resources) {
		return PolicyStatement.Builder.create().actions(actions).resources(List.of(resources)).build();
	}

	/** Who starts images looks at their signatures before, and can make none. */
	void readSignatures(PipelineProject project) {
		project.addToRolePolicy(allow(List.of("ecr:GetAuthorizationToken"), "*"));
		project.addToRolePolicy(allow(List.of("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"), repositories()));
	}

	void explainParameters(PipelineProject project) {
		Explained.wildcard(project, "Resource::arn:aws:ssm:.*", "Settings and notes of the release, and nothing else.");
	}

	String[] repositories() {
		return each("ecr", "repository/", Service::repository);
	}

	/** CodeDeploy's, one of each service. */
	String[] groups() {
		return each("codedeploy", "deploymentgroup:" + DeploymentStack.APPLICATION + "/", Service::id);
	}

	/** Settings, and notes of what is done. */
	String parameters() {
		return arn("ssm", "parameter/punctual/release/*");
	}

	/** Notes of what a build has begun and no stage has ended. */
	String begun() {
		return arn("ssm", "parameter/punctual/release/begun/*");
	}

	String stack(String name) {
		return arn("cloudformation", "stack/" + name + "/*");
	}

	String arn(String service, String resource) {
		return "arn:aws:%s:%s:%s:%s".formatted(service, this.environment.region(), this.environment.account(),
				resource);
	}

	private String[] each(String service, String prefix, Function<Service, String> name) {
		return Arrays.stream(Service.values())
			.map((one) -> arn(service, prefix + name.apply(one)))
			.toArray(String[]::new);
	}

}
