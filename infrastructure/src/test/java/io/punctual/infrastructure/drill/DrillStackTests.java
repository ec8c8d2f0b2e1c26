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

	private final JsonNode states = definition().get("States");

	@Test
	void runsOnceAMonth() {
		assertThat(this.drill.only("AWS::Events::Rule").text("ScheduleExpression")).isEqualTo("cron(0 4 2 * ? *)");
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
					"$.scratch.endpoint.Address");
		});
		assertThat(checked).containsExactly("clients", "notices", "delivery", "sla");
	}

	@Test
	void takesTheInstanceAwayAndReportsWhateverHappens() {
		for (String state : List.of("Restore", "Look", "Check")) {
			assertThat(this.states.at("/" + state + "/Catch/0/Next").asString()).as(state).isEqualTo("Failed");
		}
		for (String outcome : List.of("Passed", "Failed")) {
			assertThat(this.states.at("/" + outcome + "/Next").asString()).isEqualTo("Remove");
		}
		assertThat(this.states.at("/Remove/Next").asString()).isEqualTo("Report");
		assertThat(this.states.at("/Remove/Catch/0/Next").asString()).isEqualTo("Report");
		assertThat(this.states.at("/Good?/Default").asString()).isEqualTo("Fail");
	}

	@Test
	void leadsFromEachStateToOneThatIs() {
		assertThat(this.states.findValuesAsString("Next"))
			.allSatisfy((next) -> assertThat(this.states.has(next)).as(next).isTrue());
		assertThat(this.states.findValuesAsString("Default"))
			.allSatisfy((next) -> assertThat(this.states.has(next)).as(next).isTrue());
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

	private JsonNode definition() {
		JsonNode definition = this.drill.only("AWS::StepFunctions::StateMachine").at("DefinitionString");
		StringBuilder text = new StringBuilder();
		JsonNode parts = definition.at("/Fn::Join/1");
		parts.forEach((part) -> text.append(part.isString() ? part.asString() : part.toString().replace("\"", "'")));
		return JsonMapper.builder().build().readTree(text.toString());
	}

}
