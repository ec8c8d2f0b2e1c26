package io.punctual.infrastructure.release;

import java.util.Map;

import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.compute.LoadBalancer;
import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.traffic.ServiceTraffic;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.constructs.Construct;

/**
 * A service's errors while it is deployed: more than ten in a minute, and more than a
 * twentieth of what was asked, of both colours together; or its hook has crashed, which
 * CodeDeploy would wait an hour for.
 */
final class ReleaseAlarm extends Construct {

	private final String balancer;

	private final Alarm alarm;

	ReleaseAlarm(Construct scope, Service service, LoadBalancer balancer, ServiceTraffic traffic) {
		super(scope, service.title() + "Errors");
		this.balancer = balancer.fullName();
		String blue = traffic.targetGroupFullNames().getFirst();
		String green = traffic.targetGroupFullNames().getLast();
		Map<String, IMetric> metrics = Ordered.map("blueErrors", metric(blue, "HTTPCode_Target_5XX_Count"),
				"greenErrors", metric(green, "HTTPCode_Target_5XX_Count"), "blueAll", metric(blue, "RequestCount"),
				"greenAll", metric(green, "RequestCount"), "crashed", crashes(service));
		MathExpression errors = MathExpression.Builder.create()
			.label("errors, where they are many")
			.expression(
					"IF((FILL(blueErrors, 0) + FILL(greenErrors, 0) > 10 AND (FILL(blueErrors, 0) + FILL(greenErrors, 0))"
							+ " * 20 > FILL(blueAll, 0) + FILL(greenAll, 0)) OR FILL(crashed, 0) > 0, 1, 0)")
			.usingMetrics(metrics)
			.period(Duration.minutes(1))
			.build();
		this.alarm = Alarm.Builder.create(this, "Alarm")
			.alarmName("punctual-" + service.id() + "-release")
			.alarmDescription(
					"Turns a deployment of " + service.id() + " back. Runbook: docs/runbooks/release-turned-back.md")
			.metric(errors)
			.threshold(1)
			.comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
			.evaluationPeriods(1)
			.treatMissingData(TreatMissingData.NOT_BREACHING)
			.build();
	}

	Alarm alarm() {
		return this.alarm;
	}

	private static Metric crashes(Service service) {
		return Metric.Builder.create()
			.namespace("AWS/Lambda")
			.metricName("Errors")
			.statistic("Sum")
			.period(Duration.minutes(1))
			.dimensionsMap(Ordered.map("FunctionName", Functions.hookName(service)))
			.build();
	}

	private Metric metric(String targetGroup, String name) {
		return Metric.Builder.create()
			.namespace("AWS/ApplicationELB")
			.metricName(name)
			.statistic("Sum")
			.period(Duration.minutes(1))
			.dimensionsMap(Ordered.map("LoadBalancer", this.balancer, "TargetGroup", targetGroup))
			.build();
	}

}
