package io.punctual.infrastructure.drill;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.data.Database;
import io.punctual.infrastructure.network.NetworkStack;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.sns.ITopic;

import static io.punctual.infrastructure.drill.States.caught;
import static io.punctual.infrastructure.drill.States.choice;
import static io.punctual.infrastructure.drill.States.outcome;
import static io.punctual.infrastructure.drill.States.retry;
import static io.punctual.infrastructure.drill.States.task;
import static io.punctual.infrastructure.drill.States.when;

/**
 * The drill's steps, in Amazon's states language: whatever fails, the instance is taken
 * away and the operators are told.
 */
final class Steps {

	/**
	 * For how many minutes a restore is waited for.
	 */
	static final int MOST_LOOKS = 150;

	/**
	 * For how long the machine runs at most: nothing is taken away after that.
	 */
	private static final int MOST_SECONDS = 4 * 3600;

	private static final String STATUS = "$.scratch.instance.DbInstanceStatus";

	private static final String NOT_FOUND = "Rds.DbInstanceNotFoundException";

	private final Environment environment;

	private final NetworkStack network;

	private final Database database;

	private final List<Map<String, Object>> checks;

	private final ITopic reports;

	/**
	 * Create for one environment.
	 * @param checks the branches that look at what was restored
	 */
	Steps(Environment environment, NetworkStack network, Database database, List<Map<String, Object>> checks,
			ITopic reports) {
		this.environment = environment;
		this.network = network;
		this.database = database;
		this.checks = checks;
		this.reports = reports;
	}

	String json() {
		Map<String, Object> states = new LinkedHashMap<>();
		restoring(states);
		waiting(states);
		checking(states);
		removing(states);
		reporting(states);
		return Stack.of(this.reports)
			.toJsonString(Ordered.map("TimeoutSeconds", MOST_SECONDS, "StartAt", "Begin", "States", states));
	}

	private void restoring(Map<String, Object> states) {
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
		states.put("Alone?",
				choice("Failed", when("$.listExecutions.drills", "NumericGreaterThanEquals", 2, "Another")));
		states.put("Another", outcome("Another drill is on its way: this one stopped, and left the instance %s to it."
			.formatted(DrillStack.SCRATCH), "FAILED", "Report"));
	}

	private void waiting(Map<String, Object> states) {
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
		states.put("Restored?", choice("Wait", when(STATUS, "StringEquals", "available", "Check"),
				// What takes longer than the machine may run would not be taken away.
				when("$.looks.count", "NumericGreaterThanEquals", MOST_LOOKS, "Failed"),
				when(STATUS, "StringMatches", "incompatible-*", "Failed"),
				when(STATUS, "StringEquals", "failed", "Failed")));
	}

	private void checking(Map<String, Object> states) {
		states.put("Check", caught(new LinkedHashMap<>(
				Ordered.map("Type", "Parallel", "Next", "Passed", "ResultPath", "$.checks", "Branches", this.checks)),
				"Failed"));
		states.put("Passed", outcome("The restored database is sound.", "PASSED", "Remove"));
		states.put("Failed",
				outcome("The drill failed; a restore cannot be relied on until it is known why.", "FAILED", "Remove"));
	}

	private void removing(Map<String, Object> states) {
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
	}

	private void reporting(Map<String, Object> states) {
		states.put("Report", task("sns:publish", Ordered.map("TopicArn", this.reports.getTopicArn(), "Subject",
				"Punctual restore drill", "Message.$", "States.JsonToString($)"), "Good?"));
		states.put("Good?", choice("Fail", when("$.outcome.result", "StringEquals", "PASSED", "Done")));
		states.put("Done", Ordered.map("Type", "Succeed"));
		states.put("Fail", Ordered.map("Type", "Fail", "Error", "RestoreDrillFailed"));
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

}
