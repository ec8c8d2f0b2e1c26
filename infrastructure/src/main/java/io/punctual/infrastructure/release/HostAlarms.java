package io.punctual.infrastructure.release;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import io.punctual.infrastructure.alarm.Alarms;
import io.punctual.infrastructure.alarm.Alarms.When;
import io.punctual.infrastructure.alarm.Urgency;
import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.traffic.TrafficStack;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;

/**
 * Alarms on the tasks behind the load balancer. Blue and green count together: one of
 * them is empty except while a release is deployed.
 */
final class HostAlarms {

	private static final Duration MINUTE = Duration.minutes(1);

	private final String balancer;

	private final TrafficStack traffic;

	HostAlarms(String balancer, TrafficStack traffic) {
		this.balancer = balancer;
		this.traffic = traffic;
	}

	void alarm(Alarms alarms) {
		alarms.ring("hosts-missing", Urgency.PAGE, "A service has no healthy task",
				all("Services without a task", "HealthyHostCount", "IF(%s<1,1,0)"), When.above(0, 3).orSilent());
		alarms.ring("hosts-unhealthy", Urgency.TICKET,
				"Tasks have failed their health check for a quarter of an hour: they start and do not get well",
				all("Unhealthy tasks", "UnHealthyHostCount", "%s"), When.above(0, 15));
	}

	private MathExpression all(String label, String metric, String ofService) {
		Map<String, IMetric> metrics = new LinkedHashMap<>();
		StringJoiner sum = new StringJoiner("+");
		for (Service service : Service.values()) {
			List<String> groups = this.traffic.of(service).targetGroupFullNames();
			String blue = service.id() + "Blue";
			String green = service.id() + "Green";
			metrics.put(blue, metric(metric, groups.getFirst()));
			metrics.put(green, metric(metric, groups.getLast()));
			sum.add(ofService.formatted("(FILL(%s,0)+FILL(%s,0))".formatted(blue, green)));
		}
		return MathExpression.Builder.create()
			.expression(sum.toString())
			.usingMetrics(metrics)
			.period(MINUTE)
			.label(label)
			.build();
	}

	private Metric metric(String name, String group) {
		return Metric.Builder.create()
			.namespace("AWS/ApplicationELB")
			.metricName(name)
			.dimensionsMap(Ordered.map("LoadBalancer", this.balancer, "TargetGroup", group))
			// Of the zones, each of which counts.
			.statistic("Maximum")
			.period(MINUTE)
			.build();
	}

}
