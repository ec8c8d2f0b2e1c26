package io.punctual.infrastructure.drill;

import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.common.Explained;
import io.punctual.infrastructure.common.Logs;
import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.SfnStateMachine;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.LogLevel;
import software.amazon.awscdk.services.stepfunctions.LogOptions;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/**
 * Says four times a day how long ago a drill passed: an alarm looks back a week at most,
 * and a drill is a month apart.
 */
final class DrillAge extends Construct {

	/**
	 * What is said when none has ever passed.
	 */
	static final int NEVER = 1000;

	DrillAge(Construct scope, Environment environment) {
		super(scope, "Age");
		Role role = Role.Builder.create(this, "Role")
			.assumedBy(ServicePrincipal.Builder.create("states.amazonaws.com").build())
			.build();
		role.addToPolicy(PolicyStatement.Builder.create()
			.actions(List.of("states:ListExecutions"))
			.resources(List.of(DrillStack.machineArn(environment)))
			.build());
		role.addToPolicy(PolicyStatement.Builder.create()
			.actions(List.of("cloudwatch:PutMetricData"))
			.resources(List.of("*"))
			.conditions(Ordered.map("StringEquals", Ordered.map("cloudwatch:namespace", DrillStack.NAMESPACE)))
			.build());
		StateMachine machine = StateMachine.Builder.create(this, "Machine")
			.stateMachineName("punctual-restore-drill-age")
			.role(role)
			.definitionBody(DefinitionBody.fromString(Stack.of(this).toJsonString(definition(environment))))
			.tracingEnabled(true)
			.logs(LogOptions.builder()
				.destination(Logs.group(this, "Log", "/aws/vendedlogs/states/punctual-restore-drill-age", environment))
				.level(LogLevel.ALL)
				.build())
			.build();
		Rule.Builder.create(this, "Often")
			.schedule(Schedule.rate(Duration.hours(6)))
			.targets(List.of(SfnStateMachine.Builder.create(machine).build()))
			.build();
		Explained.wildcard(role, "Resource::\\*",
				"PutMetricData takes no resource, and the namespace is fixed; nor do delivery of logs and X-Ray.");
	}

	private static Map<String, Object> definition(Environment environment) {
		String days = "$toMillis($states.context.State.EnteredTime) - $toMillis($last)";
		Map<String, Object> last = Ordered.map("Type", "Task", "Resource",
				"arn:aws:states:::aws-sdk:sfn:listExecutions", "Arguments",
				Ordered.map("StateMachineArn", DrillStack.machineArn(environment), "StatusFilter", "SUCCEEDED",
						"MaxResults", 1),
				"Assign",
				Ordered.map("days",
						"{%% ($last := $states.result.Executions[0].StopDate; $exists($last) ? (%s) / 86400000 : %d) %%}"
							.formatted(days, NEVER)),
				"Next", "Tell");
		Map<String, Object> tell = Ordered.map("Type", "Task", "Resource",
				"arn:aws:states:::aws-sdk:cloudwatch:putMetricData", "Arguments",
				Ordered.map("Namespace", DrillStack.NAMESPACE, "MetricData",
						List.of(Ordered.map("MetricName", DrillStack.DAYS, "Value", "{% $days %}"))),
				"End", true);
		return Ordered.map("QueryLanguage", "JSONata", "TimeoutSeconds", 300, "StartAt", "Last", "States",
				Ordered.map("Last", last, "Tell", tell));
	}

}
