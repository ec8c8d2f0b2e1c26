package io.punctual.release.hook.deployment;

import java.time.Duration;
import java.util.Set;

import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Asks CodeDeploy for a deployment's revision, and ECS for the task definition in it.
 */
public final class CodeDeployments implements Deployments {

	private static final String RELEASE = "PUNCTUAL_RELEASE_ID";

	/** Of YAML, JSON is a part: the pipeline writes the one, people the other. */
	private static final YAMLMapper YAML = new YAMLMapper();

	private static final Set<DeploymentStatus> ENDED = Set.of(DeploymentStatus.SUCCEEDED, DeploymentStatus.FAILED,
			DeploymentStatus.STOPPED);

	/** Three tries fit into what a hook keeps of its time for reporting. */
	private static final Duration REPORTING = Duration.ofSeconds(4);

	private final CodeDeployClient codeDeploy;

	private final EcsClient ecs;

	public CodeDeployments() {
		this(CodeDeployClient.create(), EcsClient.create());
	}

	CodeDeployments(CodeDeployClient codeDeploy, EcsClient ecs) {
		this.codeDeploy = codeDeploy;
		this.ecs = ecs;
	}

	@Override
	public boolean goesOn(String deploymentId) {
		return goesOn(this.codeDeploy, deploymentId);
	}

	/**
	 * Whether a deployment goes on, for a hook: of AWS's services it reaches CodeDeploy
	 * only.
	 * @param codeDeploy who knows
	 * @param deploymentId the deployment
	 */
	public static boolean goesOn(CodeDeployClient codeDeploy, String deploymentId) {
		return !ENDED.contains(
				codeDeploy.getDeployment((request) -> request.deploymentId(deploymentId)).deploymentInfo().status());
	}

	@Override
	public String release(String deploymentId) {
		DeploymentInfo deployment = this.codeDeploy.getDeployment((request) -> request.deploymentId(deploymentId))
			.deploymentInfo();
		String definition = taskDefinition(content(deployment));
		return this.ecs.describeTaskDefinition((request) -> request.taskDefinition(definition))
			.taskDefinition()
			.containerDefinitions()
			.stream()
			.map(ContainerDefinition::environment)
			.flatMap(java.util.List::stream)
			.filter((variable) -> variable.name().equals(RELEASE))
			.map(KeyValuePair::value)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(definition + " names no " + RELEASE));
	}

	private String content(DeploymentInfo deployment) {
		RevisionLocation revision = deployment.revision();
		if (revision.appSpecContent() != null && revision.appSpecContent().content() != null) {
			return revision.appSpecContent().content();
		}
		// Pipelines' deployments carry their revision's hash only; its text is asked for.
		RevisionLocation found = this.codeDeploy
			.getApplicationRevision(
					(request) -> request.applicationName(deployment.applicationName()).revision(revision))
			.revision();
		if (found.appSpecContent() != null && found.appSpecContent().content() != null) {
			return found.appSpecContent().content();
		}
		return found.string().content();
	}

	static String taskDefinition(String specification) {
		JsonNode resources = YAML.readTree(specification).path("Resources");
		String definition = resources.path(0)
			.path("TargetService")
			.path("Properties")
			.path("TaskDefinition")
			.asString("");
		if (definition.isEmpty()) {
			throw new IllegalStateException("the revision names no task definition");
		}
		return definition;
	}

	/**
	 * How a hook reports. A try ends in time for the next one, whatever the network does;
	 * to have been told before, by an event that came twice, is to have been told.
	 * @param codeDeploy whom it tells
	 */
	public static Reports reports(CodeDeployClient codeDeploy) {
		return (deploymentId, executionId, succeeded) -> {
			try {
				codeDeploy.putLifecycleEventHookExecutionStatus((request) -> request.deploymentId(deploymentId)
					.lifecycleEventHookExecutionId(executionId)
					.status(succeeded ? LifecycleEventStatus.SUCCEEDED : LifecycleEventStatus.FAILED)
					.overrideConfiguration((call) -> call.apiCallTimeout(REPORTING)));
			}
			catch (LifecycleEventAlreadyCompletedException ex) {
				// It has its answer.
			}
		};
	}

}
