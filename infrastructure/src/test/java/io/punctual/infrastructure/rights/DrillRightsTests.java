package io.punctual.infrastructure.rights;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The restore drill may do what its states call, on what they name: it runs at night, and
 * once a month only.
 */
@NeedsNode
class DrillRightsTests {

	private static final String HERE = "eu-west-1:222222222222:";

	private static final Pattern CALL = Pattern.compile("arn:aws:states:::(?:aws-sdk:)?([a-z]+:[A-Za-z]+)");

	/**
	 * What a call takes besides its own action: to wait for a task to end, Step Functions
	 * has EventBridge tell it, looks itself, and stops what takes too long.
	 * @see <a href=
	 * "https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html">IAM
	 * policies for calling Amazon ECS</a>
	 */
	private static final Map<String, Set<String>> BESIDES = Map.of("ecs:runTask",
			Set.of("ecs:DescribeTasks", "ecs:StopTask", "iam:PassRole", "events:PutTargets", "events:PutRule",
					"events:DescribeRule"),
			"sns:publish", Set.of("kms:Decrypt", "kms:GenerateDataKey*"), "rds:restoreDBInstanceToPointInTime",
			Set.of("rds:AddTagsToResource", "kms:CreateGrant", "kms:DescribeKey"));

	/** Of logs and traces, as a machine that has both needs them. */
	private static final Set<String> SEEN = Set.of("logs:CreateLogDelivery", "logs:GetLogDelivery",
			"logs:UpdateLogDelivery", "logs:DeleteLogDelivery", "logs:ListLogDeliveries", "logs:PutResourcePolicy",
			"logs:DescribeResourcePolicies", "logs:DescribeLogGroups", "xray:PutTraceSegments",
			"xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets");

	private final Template drill = Synthesised.production().stack("Drill");

	@Test
	void drillMayDoWhatItsStatesCall() {
		assertThat(granted("Machine")).isEqualTo(called("Machine"));
	}

	@Test
	void whatSaysHowLongAgoOnePassedMayDoWhatItCalls() {
		assertThat(granted("AgeMachine")).isEqualTo(called("AgeMachine"));
	}

	/**
	 * A restore is authorised by all that it takes: what is restored, to what, where, and
	 * by which parameters.
	 */
	@Test
	void restoresFromAndToWhatTheStatesName() {
		assertThat(on("rds:RestoreDBInstanceToPointInTime")).containsExactlyInAnyOrder(
				"arn:aws:rds:" + HERE + "db:punctual", "arn:aws:rds:" + HERE + "db:punctual-drill",
				"arn:aws:rds:" + HERE + "subgrp:punctual", "arn:aws:rds:" + HERE + "pg:punctual-mysql84",
				"arn:aws:rds:" + HERE + "og:default:mysql-8-4", "arn:aws:rds:" + HERE + "auto-backup:*");
		Template data = Synthesised.production().stack("Data");
		assertThat(data.only("AWS::RDS::DBSubnetGroup").text("DBSubnetGroupName")).isEqualTo("punctual");
		assertThat(data.only("AWS::RDS::DBParameterGroup").text("DBParameterGroupName")).isEqualTo("punctual-mysql84");
		assertThat(on("rds:DescribeDBInstances")).containsExactly("arn:aws:rds:" + HERE + "db:punctual-drill");
	}

	@Test
	void runsTheTasksOfTheFourServicesAndConnectsAsEachOfThem() {
		Set<String> families = new TreeSet<>();
		Set<String> users = new TreeSet<>();
		for (Service service : Service.values()) {
			families.add("arn:aws:ecs:" + HERE + "task-definition/punctual-" + service.id() + ":*");
			users.add("arn:aws:rds-db:" + HERE + "dbuser:*/" + service.id());
		}
		assertThat(on("ecs:RunTask")).isEqualTo(families);
		assertThat(on("ecs:DescribeTasks")).containsExactly("arn:aws:ecs:" + HERE + "task/punctual/*");
		assertThat(on("rds-db:connect")).isEqualTo(users);
		assertThat(Granted.to(this.drill, this.drill.named("AWS::IAM::Role", "Checker").id()))
			.containsExactly("rds-db:connect");
	}

	@Test
	void givesRolesToTasksOnlyTheCheckersAndThoseThatTasksStartBy() {
		assertThat(statements("iam:PassRole")).singleElement().satisfies((statement) -> {
			assertThat(statement.at("/Condition/StringEquals/iam:PassedToService").asString())
				.isEqualTo("ecs-tasks.amazonaws.com");
			assertThat(statement.path("Resource")).hasSize(5)
				.anySatisfy((role) -> assertThat(role.toString()).contains("\"Checker"));
			for (Service service : Service.values()) {
				assertThat(statement.path("Resource").toString()).contains(service.title() + "ExecutionRole");
			}
		});
	}

	private Set<String> called(String machine) {
		Set<String> actions = new TreeSet<>(SEEN);
		String definition = this.drill.named("AWS::StepFunctions::StateMachine", machine)
			.at("DefinitionString")
			.toString();
		CALL.matcher(definition).results().forEach((found) -> {
			String call = found.group(1);
			String action = call.substring(call.indexOf(':') + 1);
			actions.add(call.substring(0, call.indexOf(':')).replace("sfn", "states") + ":"
					+ Character.toUpperCase(action.charAt(0)) + action.substring(1));
			actions.addAll(BESIDES.getOrDefault(call, Set.of()));
		});
		return actions;
	}

	private Set<String> granted(String machine) {
		return Granted.to(this.drill,
				Granted.roleOf(this.drill.named("AWS::StepFunctions::StateMachine", machine), "RoleArn"));
	}

	private java.util.List<JsonNode> statements(String action) {
		java.util.List<JsonNode> statements = new java.util.ArrayList<>();
		this.drill.all("AWS::IAM::Policy")
			.forEach((policy) -> policy.at("PolicyDocument/Statement").forEach((statement) -> {
				if (statement.get("Action").toString().contains("\"" + action + "\"")) {
					statements.add(statement);
				}
			}));
		return statements;
	}

	private Set<String> on(String action) {
		Set<String> resources = new TreeSet<>();
		statements(action).forEach((statement) -> {
			JsonNode resource = statement.get("Resource");
			(resource.isArray() ? resource : java.util.List.of(resource))
				.forEach((one) -> resources.add(one.asString("")));
		});
		return resources;
	}

}
