package io.punctual.infrastructure.gateway;

import java.util.Map;

import io.punctual.infrastructure.alarm.AlarmTopics;
import io.punctual.infrastructure.alarm.Alarms;
import io.punctual.infrastructure.alarm.Alarms.When;
import io.punctual.infrastructure.alarm.Urgency;
import io.punctual.infrastructure.common.Named;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.constructs.Construct;

/**
 * Rings when Route 53 has given the API up. It sends its metrics to one region only, and
 * an alarm hears those of its own: so this one is there, with a topic of its own, and is
 * told by {@code release/gateway} which health check it is about.
 */
public final class FailoverStack extends Named {

	private static final Duration MINUTE = Duration.minutes(1);

	public FailoverStack(Construct scope, Environment environment) {
		super(scope, "Failover", "rings when the public name has failed over", environment,
				software.amazon.awscdk.Environment.builder()
					.account(environment.account())
					.region(FallbackStack.REGION)
					.build());
		CfnParameter health = CfnParameter.Builder.create(this, GatewayStack.HEALTH_OUTPUT)
			.description("The id of Route 53's health check: the output of that name of the stack Gateway")
			.build();
		new Alarms(this, new AlarmTopics(this, "Topics", environment)).ring("dns-failover", Urgency.PAGE,
				"Route 53 has given the API up, and its name leads to the static answer",
				MathExpression.Builder.create()
					.expression("1-healthy")
					.usingMetrics(Map.of("healthy",
							Metric.Builder.create()
								.namespace("AWS/Route53")
								.metricName("HealthCheckStatus")
								.dimensionsMap(Map.of("HealthCheckId", health.getValueAsString()))
								.statistic("Minimum")
								.period(MINUTE)
								.build()))
					.period(MINUTE)
					.label("Given up")
					.build(),
				When.above(0, 2).orSilent());
	}

}
