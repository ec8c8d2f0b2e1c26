package io.punctual.infrastructure.drill;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.punctual.infrastructure.common.Explained;
import io.punctual.infrastructure.common.Logs;
import io.punctual.infrastructure.common.Named;
import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.common.TaskRole;
import io.punctual.infrastructure.compute.ComputeStack;
import io.punctual.infrastructure.data.DataStack;
import io.punctual.infrastructure.network.NetworkStack;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.services.events.CronOptions;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.SfnStateMachine;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.LogLevel;
import software.amazon.awscdk.services.stepfunctions.LogOptions;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/**
 * Restores the latest point in time once a month to an instance of its own, checks what
 * is in it, tells the operators how it went and how long it took, and takes it away.
 */
public final class DrillStack extends Named {

	/**
	 * The instance that is restored to.
	 */
	static final String SCRATCH = "punctual-drill";

	/**
	 * Where the drill says how long ago it passed.
	 */
	public static final String NAMESPACE = "Punctual/Drill";

	/**
	 * The metric that says it.
	 */
	public static final String DAYS = "days_since_passed";

	private static final String MACHINE = "punctual-restore-drill";

	private final StateMachine machine;

	public DrillStack(Construct scope, Environment environment, NetworkStack network, DataStack data,
			ComputeStack compute) {
		super(scope, "Drill", "the monthly restore drill", environment);
		Role checker = TaskRole.create(this, "Checker", environment);
		String users = "arn:aws:rds-db:%s:%s:dbuser:*/".formatted(environment.region(), environment.account());
		checker.addToPolicy(statement(List.of("rds-db:connect"),
				Stream.of(Service.values()).map((service) -> users + service.id()).toList()));
		Explained.wildcard(checker, "Resource::.*:dbuser:\\*/.*",
				"A restored instance has an id that nobody knows before; the group of the checks reaches no other "
						+ "database.");
		Topic reports = reports(environment);
		Role role = Role.Builder.create(this, "Role")
			.assumedBy(ServicePrincipal.Builder.create("states.amazonaws.com").build())
			.build();
		SchemaBranch branch = new SchemaBranch(network, compute, checker);
		List<Map<String, Object>> checks = Stream.of(Service.values()).map(branch::of).toList();
		this.machine = StateMachine.Builder.create(this, "Machine")
			.stateMachineName(MACHINE)
			.role(role)
			.definitionBody(
					DefinitionBody.fromString(new Steps(environment, network, data.database(), checks, reports).json()))
			.tracingEnabled(true)
			.logs(LogOptions.builder()
				.destination(Logs.group(this, "Log", "/aws/vendedlogs/states/punctual-restore-drill", environment))
				.level(LogLevel.ALL)
				.build())
			.build();
		grant(role, environment, compute, checker, reports);
		restoreEncrypted(role, environment, data);
		new DrillAge(this, environment);
		Rule.Builder.create(this, "Monthly")
			.schedule(Schedule.cron(CronOptions.builder().day("2").hour("4").minute("0").build()))
			.targets(List.of(SfnStateMachine.Builder.create(this.machine).build()))
			.build();
	}

	/**
	 * The drill's state machine, for those that come before it.
	 */
	public static String machineArn(Environment environment) {
		return "arn:aws:states:%s:%s:stateMachine:%s".formatted(environment.region(), environment.account(), MACHINE);
	}

	/**
	 * Whoever restores an encrypted backup lets RDS use its key.
	 */
	private static void restoreEncrypted(Role role, Environment environment, DataStack data) {
		role.addToPolicy(PolicyStatement.Builder.create()
			.actions(List.of("kms:CreateGrant", "kms:DescribeKey"))
			.resources(List.of(data.database().key().getKeyArn()))
			.conditions(Ordered.map("StringEquals",
					Ordered.map("kms:ViaService", "rds.%s.amazonaws.com".formatted(environment.region()))))
			.build());
	}

	public StateMachine machine() {
		return this.machine;
	}

	private Topic reports(Environment environment) {
		Key key = Key.Builder.create(this, "ReportsKey")
			.description("Reports of restore drills")
			.enableKeyRotation(true)
			.build();
		Topic topic = Topic.Builder.create(this, "Reports")
			.topicName("punctual-restore-drill")
			.masterKey(key)
			.enforceSsl(true)
			.build();
		topic.addSubscription(EmailSubscription.Builder.create(environment.operators()).build());
		return topic;
	}

	private static void grant(Role role, Environment environment, ComputeStack compute, Role checker, Topic reports) {
		String rds = "arn:aws:rds:%s:%s:".formatted(environment.region(), environment.account());
		String ecs = "arn:aws:ecs:%s:%s:".formatted(environment.region(), environment.account());
		role.addToPolicy(statement(List.of("rds:RestoreDBInstanceToPointInTime"),
				List.of(rds + "db:punctual", rds + "db:" + SCRATCH, rds + "subgrp:punctual",
						rds + "pg:punctual-mysql84", rds + "og:default:mysql-8-4", rds + "auto-backup:*")));
		role.addToPolicy(statement(List.of("rds:AddTagsToResource", "rds:DeleteDBInstance", "rds:DescribeDBInstances"),
				List.of(rds + "db:" + SCRATCH)));
		role.addToPolicy(statement(List.of("ecs:RunTask"),
				Stream.of(Service.values())
					.map((service) -> ecs + "task-definition/punctual-" + service.id() + ":*")
					.toList()));
		role.addToPolicy(statement(List.of("ecs:DescribeTasks", "ecs:StopTask"), List.of(ecs + "task/punctual/*")));
		role.addToPolicy(PolicyStatement.Builder.create()
			.actions(List.of("iam:PassRole"))
			.resources(Stream.concat(Stream.of(checker.getRoleArn()), compute.executionRoleArns().stream()).toList())
			.conditions(Ordered.map("StringEquals", Ordered.map("iam:PassedToService", "ecs-tasks.amazonaws.com")))
			.build());
		role.addToPolicy(statement(List.of("events:PutTargets", "events:PutRule", "events:DescribeRule"),
				List.of("arn:aws:events:%s:%s:rule/StepFunctionsGetEventsForECSTaskRule".formatted(environment.region(),
						environment.account()))));
		role.addToPolicy(statement(List.of("states:ListExecutions"), List.of(machineArn(environment))));
		reports.grantPublish(role);
		Explained.wildcard(role, "Resource::.*auto-backup:\\*", "The backup's own id is RDS's; the instance is named.");
		Explained.wildcard(role, "Resource::.*task-definition/punctual-.*:\\*",
				"The revision that runs is not known before; the families are named.");
		Explained.wildcard(role, "Resource::.*task/punctual/\\*",
				"Tasks' ids are not known before; the cluster is named.");
		Explained.wildcard(role, "Resource::\\*", "CloudWatch's delivery of logs and X-Ray take no resource.");
		Explained.wildcard(role, "Action::kms:.*", "The CDK's grant to publish to an encrypted topic.");
	}

	private static PolicyStatement statement(List<String> actions, List<String> resources) {
		return PolicyStatement.Builder.create().actions(actions).resources(resources).build();
	}

}
