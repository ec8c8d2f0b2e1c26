package io.punctual.infrastructure.drill;

import java.util.ArrayList;
import java.util.List;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrillStack}.
 */
@NeedsNode
class DrillStackTests {

	private final Template drill = Synthesised.production().stack("Drill");

	private final JsonNode states = definition("Machine").get("States");

	@Test
	void runsOnceAMonth() {
		assertThat(this.drill.named("AWS::Events::Rule", "Monthly").text("ScheduleExpression"))
			.isEqualTo("cron(0 4 2 * ? *)");
		assertThat(starts("Monthly")).isEqualTo(this.drill.named("AWS::StepFunctions::StateMachine", "Machine").id());
	}

	/**
	 * The machine that a rule starts, by a role that may start it.
	 */
	private String starts(String rule) {
		Resource found = this.drill.named("AWS::Events::Rule", rule);
		String machine = found.text("Targets/0/Arn/Ref");
		String role = found.text("Targets/0/RoleArn/Fn::GetAtt/0");
		assertThat(this.drill
			.only("AWS::IAM::Policy", (policy) -> policy.at("Roles").toString().contains("\"" + role + "\""))
			.at("PolicyDocument/Statement")).singleElement().satisfies((statement) -> {
				assertThat(statement.path("Action").asString()).isEqualTo("states:StartExecution");
				assertThat(statement.at("/Resource/Ref").asString()).isEqualTo(machine);
			});
		return machine;
	}

	@Test
	void tellsTheOperatorsByMailAndLogsEachStep() {
		assertThat(this.drill.only("AWS::SNS::Subscription").text("Endpoint")).isEqualTo("operators@punctual.example");
		assertThat(this.drill.only("AWS::SNS::Subscription").text("TopicArn/Ref"))
			.isEqualTo(this.drill.only("AWS::SNS::Topic").id());
		assertThat(this.drill.all("AWS::StepFunctions::StateMachine")).hasSize(2).allSatisfy((machine) -> {
			assertThat(machine.text("LoggingConfiguration/Level")).isEqualTo("ALL");
			assertThat(machine.at("LoggingConfiguration/Destinations/0").toString()).contains("Log");
			assertThat(machine.at("TracingConfiguration/Enabled").asBoolean(false)).isTrue();
		});
		// A name that Step Functions may write to without a policy of the account's, of
		// which there are ten.
		assertThat(this.drill.all("AWS::Logs::LogGroup"))
			.allSatisfy((group) -> assertThat(group.text("LogGroupName")).startsWith("/aws/vendedlogs/states/"));
	}

	@Test
	void restoresTheLatestPointToAnInstanceThatNothingElseUses() {
		JsonNode restore = this.states.at("/Restore/Parameters");
		assertThat(restore.get("UseLatestRestorableTime").asBoolean()).isTrue();
		assertThat(restore.get("SourceDBInstanceIdentifier").asString()).isEqualTo("punctual");
		assertThat(restore.get("TargetDBInstanceIdentifier").asString()).isEqualTo("punctual-drill");
		assertThat(restore.get("VpcSecurityGroupIds").toString()).contains("ScratchDatabase");
	}

	@Test
	void checksEverySchemaOfWhatWasRestored() {
		List<String> checked = new ArrayList<>();
		this.states.at("/Check/Branches").forEach((branch) -> {
			checked.add(branch.get("StartAt").asString());
			JsonNode task = branch.get("States").values().iterator().next();
			assertThat(task.at("/Parameters/Overrides/ContainerOverrides/0").toString()).contains("[\"check\"]",
					"$.scratch.instance.Endpoint.Address");
		});
		assertThat(checked).containsExactly("clients", "notices", "delivery", "sla");
	}

	@Test
	void takesTheInstanceAwayAndReportsWhateverHappens() {
		for (String state : List.of("Alone", "Look", "Check")) {
			assertThat(this.states.at("/" + state + "/Catch/0/Next").asString()).as(state).isEqualTo("Failed");
		}
		for (String outcome : List.of("Passed", "Failed")) {
			assertThat(this.states.at("/" + outcome + "/Next").asString()).isEqualTo("Remove");
		}
		assertThat(this.states.at("/Remove/Next").asString()).isEqualTo("Report");
		assertThat(this.states.at("/Kept/Next").asString()).isEqualTo("Report");
		assertThat(this.states.at("/Good?/Default").asString()).isEqualTo("Fail");
	}

	/**
	 * A path of a result that leads nowhere is {@code States.Runtime}, which nothing
	 * catches: neither would the instance be taken away nor anybody be told.
	 */
	@Test
	void selectsNothingOfAResultThatMayNotBeThereYet() {
		List<String> selected = new ArrayList<>();
		List<JsonNode> machines = new ArrayList<>(List.of(this.states));
		this.states.at("/Check/Branches").forEach((branch) -> machines.add(branch.get("States")));
		machines
			.forEach((states) -> states.forEach((state) -> state.path("ResultSelector").properties().forEach((one) -> {
				if (one.getKey().endsWith(".$")) {
					selected.add(one.getValue().asString());
				}
			})));
		assertThat(selected).hasSize(10)
			.containsOnly("$.DbInstances[0]", "$.Containers[0]", "$.TaskArn", "States.ArrayLength($.Executions)");
	}

	/**
	 * Without a path of its own a result takes the place of all that is known, the
	 * outcome included.
	 */
	@Test
	void keepsWhatItKnowsBesideEachResult() {
		assertThat(this.states.properties())
			.filteredOn((state) -> state.getValue().has("Parameters")
					|| List.of("Task", "Parallel").contains(state.getValue().get("Type").asString()))
			.hasSizeGreaterThan(8)
			.allSatisfy((state) -> assertThat(state.getValue().path("ResultPath").asString("")).as(state.getKey())
				.startsWith("$."));
	}

	@Test
	void doesNotPassWhileItsInstanceIsStillThere() {
		JsonNode remove = this.states.get("Remove");
		assertThat(remove.at("/Retry/0/ErrorEquals/0").asString()).isEqualTo("Rds.DbInstanceNotFoundException");
		assertThat(remove.at("/Retry/0/MaxAttempts").asInt(-1)).isZero();
		assertThat(remove.at("/Retry/1/ErrorEquals/0").asString()).isEqualTo("States.ALL");
		assertThat(remove.at("/Catch/0/ErrorEquals/0").asString()).isEqualTo("Rds.DbInstanceNotFoundException");
		assertThat(remove.at("/Catch/0/Next").asString()).isEqualTo("Report");
		assertThat(remove.at("/Catch/1/ErrorEquals/0").asString()).isEqualTo("States.ALL");
		JsonNode kept = this.states.get(remove.at("/Catch/1/Next").asString());
		assertThat(kept.at("/Parameters/result").asString()).isEqualTo("FAILED");
		assertThat(kept.get("ResultPath").asString()).isEqualTo("$.outcome");
	}

	@Test
	void waitsForTheOneBeforeToBeGone() {
		assertThat(this.states.at("/Restore/Retry/0/ErrorEquals/0").asString())
			.isEqualTo("Rds.DbInstanceAlreadyExistsException");
		assertThat(this.states.at("/Restore/Retry/0/MaxAttempts").asInt()).isPositive();
	}

	@Test
	void doesNotHurryADatabaseThatIsStillFetchingItsBlocks() {
		this.states.at("/Check/Branches").forEach((branch) -> {
			String container = branch.get("States")
				.values()
				.iterator()
				.next()
				.at("/Parameters/Overrides/ContainerOverrides/0")
				.toString();
			assertThat(container).contains("socketTimeout=0'").doesNotContain("socketTimeout=20000");
		});
	}

	@Test
	void leadsFromEachStateToOneThatIs() {
		List<JsonNode> machines = new ArrayList<>(List.of(this.states, definition("AgeMachine").get("States")));
		this.states.at("/Check/Branches").forEach((branch) -> machines.add(branch.get("States")));
		assertThat(machines).hasSize(6).allSatisfy((states) -> states.forEach((state) -> {
			List<String> next = new ArrayList<>();
			for (String way : List.of("/Next", "/Default", "/Catch/0/Next", "/Catch/1/Next")) {
				next.add(state.at(way).asString(""));
			}
			state.path("Choices").forEach((choice) -> next.add(choice.path("Next").asString()));
			next.removeIf(String::isEmpty);
			assertThat(next).allSatisfy((name) -> assertThat(states.has(name)).as(name).isTrue());
		}));
	}

	@Test
	void passesOnlyIfEachCheckEndedWithZero() {
		this.states.at("/Check/Branches").forEach((branch) -> {
			String schema = branch.get("StartAt").asString();
			JsonNode states = branch.get("States");
			JsonNode sound = states.get(states.at("/" + schema + "/Next").asString());
			// A container that never ran has no exit code, and a comparison without one
			// ends the machine.
			JsonNode present = sound.at("/Choices/0/And/0");
			JsonNode zero = sound.at("/Choices/0/And/1");
			assertThat(present.path("IsPresent").asBoolean(false)).isTrue();
			assertThat(present.path("Variable").asString("")).isEqualTo("$.container.ExitCode");
			assertThat(zero.path("Variable").asString("")).isEqualTo("$.container.ExitCode");
			assertThat(zero.path("NumericEquals").asInt(-1)).isZero();
			assertThat(states.get(sound.at("/Choices/0/Next").asString()).get("Type").asString()).isEqualTo("Succeed");
			assertThat(states.get(sound.get("Default").asString()).get("Type").asString()).isEqualTo("Fail");
		});
	}

	@Test
	void overridesNothingOfATaskButTheDatabasesAddressAndItsRoles() {
		this.states.at("/Check/Branches").forEach((branch) -> {
			JsonNode overrides = branch.get("States").values().iterator().next().at("/Parameters/Overrides");
			assertThat(overrides.propertyNames()).containsExactlyInAnyOrder("TaskRoleArn", "ExecutionRoleArn",
					"ContainerOverrides");
			JsonNode container = overrides.at("/ContainerOverrides/0");
			assertThat(container.propertyNames()).containsExactlyInAnyOrder("Name", "Command", "Environment");
			assertThat(container.get("Environment")).singleElement()
				.satisfies(
						(variable) -> assertThat(variable.get("Name").asString()).isEqualTo("SPRING_DATASOURCE_URL"));
		});
	}

	@Test
	void givesARestoreUpEarlyEnoughToTakeItAway() {
		List<String> ends = new ArrayList<>();
		this.states.at("/Restored?/Choices").forEach((choice) -> {
			if (choice.get("Next").asString().equals("Failed")) {
				ends.add(choice.get("Variable").asString());
			}
		});
		assertThat(ends).contains("$.looks.count", "$.scratch.instance.DbInstanceStatus");
		int minutes = this.states.at("/Restore/Retry/0/MaxAttempts").asInt()
				+ Steps.MOST_LOOKS * this.states.at("/Wait/Seconds").asInt() / 60
				+ this.states.at("/Check/Branches/0/States/clients/TimeoutSeconds").asInt() / 60
				+ this.states.at("/Remove/Retry/1/MaxAttempts").asInt();
		assertThat(minutes * 60).isLessThan(definition("Machine").get("TimeoutSeconds").asInt());
	}

	@Test
	void mayUseTheBackupsKeyThroughTheDatabaseServiceOnly() {
		assertThat(this.drill.all("AWS::IAM::Policy")
			.stream()
			.map((policy) -> policy.json().toString())
			.filter((policy) -> policy.contains("kms:CreateGrant"))).singleElement()
			.asString()
			.contains("\"kms:ViaService\":\"rds.eu-west-1.amazonaws.com\"", "Data:");
	}

	@Test
	void saysSeveralTimesADayHowLongAgoItPassed() {
		assertThat(this.drill.named("AWS::Events::Rule", "AgeOften").text("ScheduleExpression"))
			.isEqualTo("rate(6 hours)");
		assertThat(starts("AgeOften"))
			.isEqualTo(this.drill.named("AWS::StepFunctions::StateMachine", "AgeMachine").id());
		JsonNode age = definition("AgeMachine");
		assertThat(age.get("QueryLanguage").asString()).isEqualTo("JSONata");
		JsonNode last = age.at("/States/Last");
		assertThat(last.at("/Arguments/StatusFilter").asString()).isEqualTo("SUCCEEDED");
		assertThat(last.at("/Arguments/StateMachineArn").asString()).endsWith(":punctual-restore-drill");
		assertThat(last.at("/Assign/days").asString()).contains("/ 86400000", ": " + DrillAge.NEVER);
		assertThat(age.at("/States/Tell/Arguments/Namespace").asString()).isEqualTo(DrillStack.NAMESPACE);
	}

	@Test
	void looksForOtherDrillsOfItsOwnMachineAndMayDoSo() {
		String machine = "arn:aws:states:eu-west-1:222222222222:stateMachine:punctual-restore-drill";
		assertThat(this.states.at("/Alone/Parameters/StateMachineArn").asString()).isEqualTo(machine);
		assertThat(this.states.at("/Alone/Parameters/StatusFilter").asString()).isEqualTo("RUNNING");
		assertThat(this.drill.named("AWS::StepFunctions::StateMachine", "Machine").text("StateMachineName"))
			.isEqualTo("punctual-restore-drill");
		assertThat(this.drill.named("AWS::IAM::Policy", "RoleDefaultPolicy").at("PolicyDocument/Statement"))
			.filteredOn((statement) -> statement.get("Action").asString("").equals("states:ListExecutions"))
			.singleElement()
			.satisfies((statement) -> assertThat(statement.get("Resource").asString()).isEqualTo(machine));
	}

	@Test
	void mayDeleteItsOwnInstanceOnly() {
		List<String> deletable = new ArrayList<>();
		for (Resource policy : this.drill.all("AWS::IAM::Policy")) {
			policy.at("PolicyDocument/Statement").forEach((statement) -> {
				if (statement.get("Action").toString().contains("rds:DeleteDBInstance")) {
					deletable.add(statement.get("Resource").toString());
				}
			});
		}
		assertThat(deletable).containsExactly("\"arn:aws:rds:eu-west-1:222222222222:db:punctual-drill\"");
	}

	private JsonNode definition(String machine) {
		return definition(this.drill, machine);
	}

	static JsonNode definition(Template drill, String machine) {
		JsonNode definition = drill.named("AWS::StepFunctions::StateMachine", machine).at("DefinitionString");
		if (definition.isString()) {
			return JsonMapper.builder().build().readTree(definition.asString());
		}
		StringBuilder text = new StringBuilder();
		JsonNode parts = definition.at("/Fn::Join/1");
		parts.forEach((part) -> text.append(part.isString() ? part.asString() : part.toString().replace("\"", "'")));
		return JsonMapper.builder().build().readTree(text.toString());
	}

}
