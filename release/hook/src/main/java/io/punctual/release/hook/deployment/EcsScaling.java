package io.punctual.release.hook.deployment;

import java.util.Locale;
import java.util.Map;

import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.ecs.EcsClient;

/**
 * A service's scalable target. The floor that it is raised to and the one that it comes
 * back to are the function's settings, {@code PUNCTUAL_DEPLOYING_TASKS_SLA} and
 * {@code PUNCTUAL_LEAST_TASKS_SLA}: the target itself holds the raised one meanwhile.
 */
public final class EcsScaling implements Scaling {

	private final ApplicationAutoScalingClient scaling;

	private final EcsClient ecs;

	private final String cluster;

	private final Map<String, String> variables;

	public EcsScaling(Map<String, String> variables) {
		this(ApplicationAutoScalingClient.create(), EcsClient.create(), variables);
	}

	EcsScaling(ApplicationAutoScalingClient scaling, EcsClient ecs, Map<String, String> variables) {
		this.scaling = scaling;
		this.ecs = ecs;
		this.cluster = Settings.need(variables, "PUNCTUAL_CLUSTER");
		this.variables = variables;
	}

	@Override
	public void hold(String service) {
		int deploying = floor("PUNCTUAL_DEPLOYING_TASKS_", service);
		int running = this.ecs.describeServices((request) -> request.cluster(this.cluster).services(service))
			.services()
			.stream()
			.mapToInt((found) -> found.desiredCount())
			.findFirst()
			.orElse(deploying);
		set(service, Math.max(running, deploying), true);
	}

	@Override
	public void release(String service) {
		set(service, floor("PUNCTUAL_LEAST_TASKS_", service), false);
	}

	private int floor(String name, String service) {
		return Integer.parseInt(Settings.need(this.variables, name + service.toUpperCase(Locale.ROOT)));
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
