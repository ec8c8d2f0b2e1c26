package io.punctual.release.hook.deployment;

import java.util.Map;

import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.ecs.EcsClient;

/**
 * A service's scalable target. The floor that it is raised to and the one that it comes
 * back to are the function's settings, {@code PUNCTUAL_DEPLOYING_TASKS} and
 * {@code PUNCTUAL_LEAST_TASKS}: the target itself holds the raised one meanwhile.
 */
public final class EcsScaling implements Scaling {

	private final ApplicationAutoScalingClient scaling;

	private final EcsClient ecs;

	private final String cluster;

	private final int least;

	private final int deploying;

	public EcsScaling(Map<String, String> variables) {
		this(ApplicationAutoScalingClient.create(), EcsClient.create(), Settings.need(variables, "PUNCTUAL_CLUSTER"),
				Integer.parseInt(Settings.need(variables, "PUNCTUAL_LEAST_TASKS")),
				Integer.parseInt(Settings.need(variables, "PUNCTUAL_DEPLOYING_TASKS")));
	}

	EcsScaling(ApplicationAutoScalingClient scaling, EcsClient ecs, String cluster, int least, int deploying) {
		this.scaling = scaling;
		this.ecs = ecs;
		this.cluster = cluster;
		this.least = least;
		this.deploying = deploying;
	}

	@Override
	public void hold(String service) {
		int running = this.ecs.describeServices((request) -> request.cluster(this.cluster).services(service))
			.services()
			.stream()
			.mapToInt((found) -> found.desiredCount())
			.findFirst()
			.orElse(this.deploying);
		set(service, Math.max(running, this.deploying), true);
	}

	@Override
	public void release(String service) {
		set(service, this.least, false);
	}

	private void set(String service, int floor, boolean suspended) {
		this.scaling.registerScalableTarget((request) -> request.serviceNamespace(ServiceNamespace.ECS)
			.resourceId("service/" + this.cluster + "/" + service)
			.scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
			.minCapacity(floor)
			.suspendedState((state) -> state.dynamicScalingInSuspended(suspended)
				.dynamicScalingOutSuspended(suspended)
				.scheduledScalingSuspended(suspended)));
	}

}
