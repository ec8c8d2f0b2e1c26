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

	/**
	 * A restored volume fetches each block as it is first read: a chain of hashes takes
	 * longer than a service waits for an answer.
	 */
	private static final String UNHURRIED = ComputeStack.DATABASE_OPTIONS.replaceFirst("socketTimeout=\\d+",
			"socketTimeout=0");

	private static final String STATUS = "$.scratch.instance.DbInstanceStatus";

	private static final String EXIT_CODE = "$.container.ExitCode";

	private static final String NOT_FOUND = "Rds.DbInstanceNotFoundException";

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
		Map<String, Object> restore = task("rds:restoreDBInstanceToPointInTime", restore(), "Wait");
		// The one before may still be on its way out.
		restore.put("Retry", List.of(retry("Rds.DbInstanceAlreadyExistsException", 20)));
		states.put("Restore", caught(restore, "Alone"));
		// Whatever is there may be what another drill looks at just now.
		Map<String, Object> alone = task("sfn:listExecutions", Ordered.map("StateMachineArn",
				DrillStack.machineArn(this.environment), "StatusFilter", "RUNNING", "MaxResults", 2), "Alone?");
		alone.put("ResultSelector", Ordered.map("drills.$", "States.ArrayLength($.Executions)"));
		states.put("Alone", caught(alone, "Failed"));
		states.put("Alone?", Ordered.map("Type", "Choice", "Choices", List
			.of(Ordered.map("Variable", "$.listExecutions.drills", "NumericGreaterThanEquals", 2, "Next", "Another")),
				"Default", "Failed"));
		states.put("Another", outcome("Another drill is on its way: this one stopped, and left the instance %s to it."
			.formatted(DrillStack.SCRATCH), "FAILED", "Report"));
		states.put("Wait", Ordered.map("Type", "Wait", "Seconds", 60, "Next", "Count"));
		states.put("Count", Ordered.map("Type", "Pass", "Parameters",
				Ordered.map("count.$", "States.MathAdd($.looks.count, 1)"), "ResultPath", "$.looks", "Next", "Look"));
		Map<String, Object> look = task("rds:describeDBInstances",
				Ordered.map("DbInstanceIdentifier", DrillStack.SCRATCH), "Restored?");
		// All of it: an instance has no address until it is made, and a path that leads
		// nowhere ends the machine uncaught.
		look.put("ResultSelector", Ordered.map("instance.$", "$.DbInstances[0]"));
		look.put("ResultPath", "$.scratch");
		states.put("Look", caught(look, "Failed"));
		states.put("Restored?",
				Ordered.map("Type", "Choice", "Choices",
						List.of(Ordered.map("Variable", STATUS, "StringEquals", "available", "Next", "Check"),
								// What takes longer than the machine may run would not be
								// taken away.
								Ordered.map("Variable", "$.looks.count", "NumericGreaterThanEquals", MOST_LOOKS, "Next",
										"Failed"),
								Ordered.map("Variable", STATUS, "StringMatches", "incompatible-*", "Next", "Failed"),
								Ordered.map("Variable", STATUS, "StringEquals", "failed", "Next", "Failed")),
						"Default", "Wait"));
		Map<String, Object> check = new LinkedHashMap<>(Ordered.map("Type", "Parallel", "Next", "Passed", "ResultPath",
				"$.checks", "Branches", SCHEMAS.stream().map(this::check).toList()));
		states.put("Check", caught(check, "Failed"));
		states.put("Passed", outcome("The restored database is sound.", "PASSED", "Remove"));
		states.put("Failed",
				outcome("The drill failed; a restore cannot be relied on until it is known why.", "FAILED", "Remove"));
		Map<String, Object> remove = task("rds:deleteDBInstance", Ordered.map("DbInstanceIdentifier",
				DrillStack.SCRATCH, "SkipFinalSnapshot", true, "DeleteAutomatedBackups", true), "Report");
		// It may never have been made, or still be on its way.
		remove.put("Retry", List.of(retry(NOT_FOUND, 0), retry("States.ALL", 30)));
		remove.put("Catch",
				List.of(Ordered.map("ErrorEquals", List.of(NOT_FOUND), "ResultPath", "$.removal", "Next", "Report"),
						Ordered.map("ErrorEquals", List.of("States.ALL"), "ResultPath", "$.removal", "Next", "Kept")));
		states.put("Remove", remove);
		states.put("Kept", outcome("The instance %s could not be taken away: it costs until somebody deletes it."
			.formatted(DrillStack.SCRATCH), "FAILED", "Report"));
		Map<String, Object> report = task("sns:publish", Ordered.map("TopicArn", this.reports.getTopicArn(), "Subject",
				"Punctual restore drill", "Message.$", "States.JsonToString($)"), "Good?");
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
						"States.Format('jdbc:mysql://{}:3306/%s?%s', $.scratch.instance.Endpoint.Address)"
							.formatted(schema, UNHURRIED))));
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
				Ordered.map("schema", schema, "container.$", "$.Containers[0]", "task.$", "$.TaskArn"));
		task.put("TimeoutSeconds", 1800);
		task.put("Next", schema + " sound?");
		return Ordered.map("StartAt", schema, "States", Ordered.map(
				schema, task, schema + " sound?", Ordered.map("Type", "Choice", "Choices", List.of(Ordered.map("And",
						// A container that never ran has none.
						List.of(Ordered.map("Variable", EXIT_CODE, "IsPresent", true),
								Ordered.map("Variable", EXIT_CODE, "NumericEquals", 0)),
						"Next", schema + " is sound")), "Default", schema + " is not sound"),
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
		// Beside what is known: null, which would drop a result, is lost on its way to
		// the
		// template, and a result without a path takes the place of everything.
		task.put("ResultPath", "$." + call.substring(call.indexOf(':') + 1));
		task.put("Next", next);
		return task;
	}

	/**
	 * Once a minute, for as many minutes.
	 */
	private static Map<String, Object> retry(String error, int most) {
		return Ordered.map("ErrorEquals", List.of(error), "IntervalSeconds", 60, "MaxAttempts", most, "BackoffRate", 1);
	}

	private static Map<String, Object> caught(Map<String, Object> state, String next) {
		state.put("Catch",
				List.of(Ordered.map("ErrorEquals", List.of("States.ALL"), "ResultPath", "$.error", "Next", next)));
		return state;
	}

	private static Map<String, Object> outcome(String message, String result, String next) {
		return Ordered.map(
				"Type", "Pass", "Parameters", Ordered.map("result", result, "message", message, "startedAt.$",
						"$$.Execution.StartTime", "checkedAt.$", "$$.State.EnteredTime"),
				"ResultPath", "$.outcome", "Next", next);
	}

}
