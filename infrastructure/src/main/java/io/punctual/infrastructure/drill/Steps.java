package io.punctual.infrastructure.drill;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.compute.ComputeStack;
import io.punctual.infrastructure.data.Database;
import io.punctual.infrastructure.network.NetworkStack;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.sns.ITopic;

/**
 * The drill's steps, in Amazon's states language: whatever fails, the instance is taken
 * away and the operators are told.
 */
final class Steps {

	static final List<String> SCHEMAS = List.of("clients", "notices", "delivery", "sla");

	/**
	 * For how many minutes a restore is waited for.
	 */
	static final int MOST_LOOKS = 150;

	/**
	 * For how long the machine runs at most: nothing is taken away after that.
	 */
	private static final int MOST_SECONDS = 4 * 3600;

	private final Environment environment;

	private final NetworkStack network;

	private final Database database;

	private final ComputeStack compute;

	private final IRole checker;

	private final ITopic reports;

	Steps(Environment environment, NetworkStack network, Database database, ComputeStack compute, IRole checker,
			ITopic reports) {
		this.environment = environment;
		this.network = network;
		this.database = database;
		this.compute = compute;
		this.checker = checker;
		this.reports = reports;
	}

	String json() {
		Map<String, Object> states = new LinkedHashMap<>();
		states.put("Begin", Ordered.map("Type", "Pass", "Result", Ordered.map("count", 0), "ResultPath", "$.looks",
				"Next", "Restore"));
		states.put("Restore", caught(task("rds:restoreDBInstanceToPointInTime", restore(), "Wait")));
		states.put("Wait", Ordered.map("Type", "Wait", "Seconds", 60, "Next", "Count"));
		states.put("Count", Ordered.map("Type", "Pass", "Parameters",
				Ordered.map("count.$", "States.MathAdd($.looks.count, 1)"), "ResultPath", "$.looks", "Next", "Look"));
		Map<String, Object> look = task("rds:describeDBInstances",
				Ordered.map("DbInstanceIdentifier", DrillStack.SCRATCH), "Restored?");
		look.put("ResultSelector", Ordered.map("status.$", "$.DbInstances[0].DbInstanceStatus", "endpoint.$",
				"$.DbInstances[0].Endpoint"));
		look.put("ResultPath", "$.scratch");
		states.put("Look", caught(look));
		states.put("Restored?", Ordered.map("Type", "Choice", "Choices", List.of(
				Ordered.map("Variable", "$.scratch.status", "StringEquals", "available", "Next", "Check"),
				// What takes longer than the machine may run would not be taken away.
				Ordered.map("Variable", "$.looks.count", "NumericGreaterThanEquals", MOST_LOOKS, "Next", "Failed"),
				Ordered.map("Variable", "$.scratch.status", "StringMatches", "incompatible-*", "Next", "Failed"),
				Ordered.map("Variable", "$.scratch.status", "StringEquals", "failed", "Next", "Failed")), "Default",
				"Wait"));
		Map<String, Object> check = new LinkedHashMap<>(Ordered.map("Type", "Parallel", "Next", "Passed", "ResultPath",
				"$.checks", "Branches", SCHEMAS.stream().map(this::check).toList()));
		states.put("Check", caught(check));
		states.put("Passed", passed("The restored database is sound.", "PASSED"));
		states.put("Failed",
				passed("The drill failed; a restore cannot be relied on until it is known why.", "FAILED"));
		Map<String, Object> remove = task("rds:deleteDBInstance", Ordered.map("DbInstanceIdentifier",
				DrillStack.SCRATCH, "SkipFinalSnapshot", true, "DeleteAutomatedBackups", true), "Report");
		remove.put("ResultPath", null);
		// It may never have been made, or still be on its way.
		remove.put("Retry", List.of(Ordered.map("ErrorEquals", List.of("Rds.InvalidDbInstanceStateException"),
				"IntervalSeconds", 60, "MaxAttempts", 30, "BackoffRate", 1)));
		remove.put("Catch", List
			.of(Ordered.map("ErrorEquals", List.of("States.ALL"), "ResultPath", "$.removal", "Next", "Report")));
		states.put("Remove", remove);
		Map<String, Object> report = task("sns:publish", Ordered.map("TopicArn", this.reports.getTopicArn(), "Subject",
				"Punctual restore drill", "Message.$", "States.JsonToString($)"), "Good?");
		report.put("ResultPath", null);
		states.put("Report", report);
		states.put("Good?",
				Ordered.map("Type", "Choice", "Choices",
						List.of(Ordered.map("Variable", "$.outcome.result", "StringEquals", "PASSED", "Next", "Done")),
						"Default", "Fail"));
		states.put("Done", Ordered.map("Type", "Succeed"));
		states.put("Fail", Ordered.map("Type", "Fail", "Error", "RestoreDrillFailed"));
		return Stack.of(this.reports)
			.toJsonString(Ordered.map("TimeoutSeconds", MOST_SECONDS, "StartAt", "Begin", "States", states));
	}

	private Map<String, Object> restore() {
		Map<String, Object> restore = new LinkedHashMap<>();
		restore.put("SourceDBInstanceIdentifier", Database.NAME);
		restore.put("TargetDBInstanceIdentifier", DrillStack.SCRATCH);
		restore.put("UseLatestRestorableTime", true);
		restore.put("DbInstanceClass", "db." + this.environment.database().instance());
		restore.put("MultiAZ", false);
		restore.put("PubliclyAccessible", false);
		restore.put("DeletionProtection", false);
		restore.put("EnableIAMDatabaseAuthentication", true);
		restore.put("DbSubnetGroupName", this.database.subnetGroup());
		restore.put("DbParameterGroupName", this.database.parameterGroup());
		restore.put("VpcSecurityGroupIds", List.of(this.network.groups().scratchDatabase().getSecurityGroupId()));
		restore.put("Tags", List.of(Ordered.map("Key", "punctual:drill", "Value", "restore")));
		return restore;
	}

	/**
	 * The release that runs, as a task that checks its schema instead of serving.
	 */
	private Map<String, Object> check(String schema) {
		Service service = Service.valueOf(schema.toUpperCase(java.util.Locale.ROOT));
		Map<String, Object> container = Ordered.map("Name", Service.CONTAINER_NAME, "Command", List.of("check"),
				"Environment",
				List.of(Ordered.map("Name", "SPRING_DATASOURCE_URL", "Value.$",
						"States.Format('jdbc:mysql://{}:3306/%s?%s', $.scratch.endpoint.Address)".formatted(schema,
								ComputeStack.DATABASE_OPTIONS))));
		Map<String, Object> run = Ordered.map("Cluster", ComputeStack.CLUSTER, "LaunchType", "FARGATE",
				"TaskDefinition", "punctual-" + schema, "NetworkConfiguration",
				Ordered.map("AwsvpcConfiguration",
						Ordered.map("AssignPublicIp", "DISABLED", "Subnets",
								this.network.vpc().selectSubnets(this.network.taskSubnets(false)).getSubnetIds(),
								"SecurityGroups", List.of(this.network.groups().drill().getSecurityGroupId()))),
				"Overrides", Ordered.map("TaskRoleArn", this.checker.getRoleArn(), "ExecutionRoleArn",
						this.compute.executionRoleArn(service), "ContainerOverrides", List.of(container)));
		Map<String, Object> task = new LinkedHashMap<>();
		task.put("Type", "Task");
		task.put("Resource", "arn:aws:states:::ecs:runTask.sync");
		task.put("Parameters", run);
		task.put("ResultSelector",
				Ordered.map("schema", schema, "exitCode.$", "$.Containers[0].ExitCode", "task.$", "$.TaskArn"));
		task.put("TimeoutSeconds", 1800);
		task.put("Next", schema + " sound?");
		return Ordered.map("StartAt", schema, "States", Ordered.map(schema, task, schema + " sound?",
				Ordered.map("Type", "Choice", "Choices",
						List.of(Ordered.map("Variable", "$.exitCode", "NumericEquals", 0, "Next",
								schema + " is sound")),
						"Default", schema + " is not sound"),
				schema + " is sound", Ordered.map("Type", "Succeed"), schema + " is not sound",
				Ordered.map("Type", "Fail", "Error", "CheckFailed", "Cause",
						"The check of %s ended with another status than 0: its line is in the log group /punctual/%s"
							.formatted(schema, schema))));
	}

	private static Map<String, Object> task(String call, Map<String, Object> parameters, String next) {
		Map<String, Object> task = new LinkedHashMap<>();
		task.put("Type", "Task");
		task.put("Resource",
				call.equals("sns:publish") ? "arn:aws:states:::sns:publish" : "arn:aws:states:::aws-sdk:" + call);
		task.put("Parameters", parameters);
		task.put("ResultPath", "$.restore");
		task.put("Next", next);
		return task;
	}

	private static Map<String, Object> caught(Map<String, Object> state) {
		state.put("Catch",
				List.of(Ordered.map("ErrorEquals", List.of("States.ALL"), "ResultPath", "$.error", "Next", "Failed")));
		return state;
	}

	private static Map<String, Object> passed(String message, String result) {
		return Ordered.map(
				"Type", "Pass", "Parameters", Ordered.map("result", result, "message", message, "startedAt.$",
						"$$.Execution.StartTime", "checkedAt.$", "$$.State.EnteredTime"),
				"ResultPath", "$.outcome", "Next", "Remove");
	}

}
