package io.punctual.infrastructure.scaling;

import java.util.ArrayList;
import java.util.List;

import io.punctual.infrastructure.common.Named;
import io.punctual.infrastructure.compute.ComputeStack;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Fleet;
import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.traffic.TrafficStack;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalableTarget;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.CustomizedMetricSpecificationProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.PredefinedMetricSpecificationProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.TargetTrackingMetricDataQueryProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.TargetTrackingMetricDimensionProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.TargetTrackingMetricProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.TargetTrackingMetricStatProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty;
import software.constructs.Construct;

/**
 * Scales each service on CPU and on requests. A release suspends it at a raised floor
 * while both colours run, and lets it go on afterwards.
 */
public final class ScalingStack extends Named {

	private static final int CPU_PERCENT = 50;

	private static final int REQUESTS_A_MINUTE = 3000;

	public ScalingStack(Construct scope, Environment environment, ComputeStack compute, TrafficStack traffic) {
		super(scope, "Scaling", "how many tasks run", environment);
		for (Service service : Service.values()) {
			Fleet.Tasks tasks = environment.fleet().of(service);
			CfnScalableTarget target = CfnScalableTarget.Builder.create(this, service.title())
				.serviceNamespace("ecs")
				.scalableDimension("ecs:service:DesiredCount")
				.resourceId("service/%s/%s".formatted(ComputeStack.CLUSTER, service.id()))
				.minCapacity(tasks.fewest())
				.maxCapacity(tasks.most())
				.build();
			policy(service, "Cpu", target,
					tracking(CPU_PERCENT)
						.predefinedMetricSpecification(PredefinedMetricSpecificationProperty.builder()
							.predefinedMetricType("ECSServiceAverageCPUUtilization")
							.build())
						.build());
			policy(service, "Requests", target,
					tracking(REQUESTS_A_MINUTE)
						.customizedMetricSpecification(requestsPerTask(service, compute, traffic))
						.build());
		}
	}

	private void policy(Service service, String what, CfnScalableTarget target,
			TargetTrackingScalingPolicyConfigurationProperty configuration) {
		CfnScalingPolicy.Builder.create(this, service.title() + what)
			.policyName(service.id() + "-" + what.toLowerCase(java.util.Locale.ROOT))
			.policyType("TargetTrackingScaling")
			.scalingTargetId(target.getRef())
			.targetTrackingScalingPolicyConfiguration(configuration)
			.build();
	}

	private static TargetTrackingScalingPolicyConfigurationProperty.Builder tracking(int value) {
		return TargetTrackingScalingPolicyConfigurationProperty.builder()
			.targetValue(value)
			.scaleOutCooldown(60)
			.scaleInCooldown(300);
	}

	/**
	 * The load balancer's own metric is not for services of two target groups, so: what
	 * both get, by the tasks that run.
	 */
	private static CustomizedMetricSpecificationProperty requestsPerTask(Service service, ComputeStack compute,
			TrafficStack traffic) {
		List<String> groups = traffic.of(service).targetGroupFullNames();
		List<TargetTrackingMetricDataQueryProperty> metrics = new ArrayList<>();
		metrics.add(requests("blue", groups.getFirst(), compute));
		metrics.add(requests("green", groups.getLast(), compute));
		metrics.add(query("tasks", "ECS/ContainerInsights", "RunningTaskCount", "Average",
				List.of(dimension("ClusterName", ComputeStack.CLUSTER), dimension("ServiceName", service.id()))));
		metrics.add(TargetTrackingMetricDataQueryProperty.builder()
			.id("each")
			.expression("(FILL(blue, 0) + FILL(green, 0)) / tasks")
			.returnData(true)
			.build());
		return CustomizedMetricSpecificationProperty.builder().metrics(metrics).build();
	}

	private static TargetTrackingMetricDataQueryProperty requests(String id, String group, ComputeStack compute) {
		return query(id, "AWS/ApplicationELB", "RequestCount", "Sum",
				List.of(dimension("TargetGroup", group), dimension("LoadBalancer", compute.loadBalancer().fullName())));
	}

	private static TargetTrackingMetricDataQueryProperty query(String id, String namespace, String metric,
			String statistic, List<TargetTrackingMetricDimensionProperty> dimensions) {
		return TargetTrackingMetricDataQueryProperty.builder()
			.id(id)
			.returnData(false)
			.metricStat(TargetTrackingMetricStatProperty.builder()
				.stat(statistic)
				.metric(TargetTrackingMetricProperty.builder()
					.namespace(namespace)
					.metricName(metric)
					.dimensions(dimensions)
					.build())
				.build())
			.build();
	}

	private static TargetTrackingMetricDimensionProperty dimension(String name, String value) {
		return TargetTrackingMetricDimensionProperty.builder().name(name).value(value).build();
	}

}
