package io.punctual.infrastructure.observation;

import java.util.Map;
import java.util.TreeMap;

import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;

/**
 * The metrics that AWS's own services send of what we watch.
 */
record AwsMetrics(Watched watched) {

	Metric service(Service service, String name) {
		return metric("AWS/ECS", name, "Average", service.id(),
				Map.of("ClusterName", this.watched.cluster(), "ServiceName", service.id()));
	}

	Metric database(String name, String statistic) {
		return metric("AWS/RDS", name, statistic, name, Map.of("DBInstanceIdentifier", this.watched.database()));
	}

	Metric api(String name, String statistic) {
		return metric("AWS/ApiGateway", name, statistic, name,
				Map.of("ApiName", this.watched.api(), "Stage", this.watched.stage()));
	}

	Metric balancer(String name) {
		return metric("AWS/ApplicationELB", name, "Sum", name, Map.of("LoadBalancer", this.watched.balancer()));
	}

	Metric drill(String name, String statistic) {
		return metric("AWS/States", name, statistic, name, Map.of("StateMachineArn", this.watched.drill()));
	}

	/**
	 * Of the account, by SES itself: a part of 1.
	 */
	Metric mail(String name) {
		return metric("AWS/SES", name, "Maximum", name, Map.of())
			.with(MetricOptions.builder().period(Duration.hours(1)).build());
	}

	Metric queue(String queue, String name) {
		return metric("AWS/SQS", name, "Maximum", name, Map.of("QueueName", queue));
	}

	/**
	 * Of whole executions; of their actions CodePipeline tells nothing.
	 *
	 * @see <a href=
	 * "https://docs.aws.amazon.com/codepipeline/latest/userguide/metrics-dimensions.html">Metrics
	 * of CodePipeline</a>
	 */
	Metric pipeline(String name, String statistic) {
		return metric("AWS/CodePipeline", name, statistic, name, Map.of("PipelineName", this.watched.pipeline()))
			.with(MetricOptions.builder().period(Duration.minutes(5)).build());
	}

	/**
	 * For the dashboard only: Route 53 speaks in one region, and an alarm hears its own.
	 */
	Metric health() {
		return metric("AWS/Route53", "HealthCheckStatus", "Minimum", "API answers",
				Map.of("HealthCheckId", this.watched.health()))
			.with(MetricOptions.builder().region("us-east-1").build());
	}

	private static Metric metric(String namespace, String name, String statistic, String label,
			Map<String, String> dimensions) {
		return Metric.Builder.create()
			.namespace(namespace)
			.metricName(name)
			.statistic(statistic)
			.dimensionsMap(new TreeMap<>(dimensions))
			.period(Duration.minutes(1))
			.label(label)
			.build();
	}

}
