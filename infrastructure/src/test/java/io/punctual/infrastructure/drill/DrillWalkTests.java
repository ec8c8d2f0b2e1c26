package io.punctual.infrastructure.drill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The drill as its first execution goes, and as one goes half of which fails.
 */
@NeedsNode
class DrillWalkTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String MAKING = """
			{"DbInstances": [{"DbInstanceStatus": "creating"}]}""";

	private static final String MADE = """
			{"DbInstances": [{"DbInstanceStatus": "available", "Endpoint": {"Address": "drill.rds"}}]}""";

	private static final String ENDED = """
			{"TaskArn": "arn:task", "Containers": [{"ExitCode": %d}]}""";

	private static final String RUNNING = """
			{"Executions": [%s]}""";

	private final Map<String, String> answers = new HashMap<>(Map.of("rds:restoreDBInstanceToPointInTime", "{}",
			"rds:describeDBInstances", MADE, "rds:deleteDBInstance", "{\"DbInstance\": {}}", "publish", "{}",
			"ecs:runTask.sync", ENDED.formatted(0), "sfn:listExecutions", RUNNING.formatted("{}")));

	private final List<String> looks = new ArrayList<>(List.of(MAKING, MAKING));

	private final List<String> reports = new ArrayList<>();

	private final Walk walk = new Walk(this::call);

	@Test
	void passesOnceTheInstanceHasAnAddress() {
		assertThat(walked().at("/outcome/result").asString()).isEqualTo("PASSED");
		assertThat(this.walk.visited()).contains("Remove", "Report")
			.containsSubsequence("Look", "Look", "Look", "Check", "Done");
		assertThat(this.reports).singleElement().asString().contains("PASSED");
	}

	@Test
	void failsWhereACheckFoundAFault() {
		this.answers.put("ecs:runTask.sync", ENDED.formatted(1));
		failsAndSaysSo();
	}

	@Test
	void failsWhereAContainerNeverRan() {
		this.answers.put("ecs:runTask.sync", "{\"TaskArn\": \"arn:task\", \"Containers\": [{}]}");
		failsAndSaysSo();
	}

	@Test
	void failsWhereNothingCanBeRestored() {
		this.answers.put("rds:restoreDBInstanceToPointInTime", "!Rds.PointInTimeRestoreNotEnabledException");
		this.answers.put("rds:deleteDBInstance", "!Rds.DbInstanceNotFoundException");
		failsAndSaysSo();
	}

	/**
	 * Two that are started one after the other: what is there is the first one's, which
	 * takes it away itself.
	 */
	@Test
	void stopsAndTouchesNothingWhereAnotherDrillIsOnItsWay() {
		this.answers.put("rds:restoreDBInstanceToPointInTime", "!Rds.DbInstanceAlreadyExistsException");
		this.answers.put("sfn:listExecutions", RUNNING.formatted("{}, {}"));
		assertThatExceptionOfType(Walk.Refused.class).isThrownBy(this::walked).withMessage("RestoreDrillFailed");
		assertThat(this.walk.visited()).doesNotContain("Remove");
		assertThat(this.reports).singleElement().asString().contains("Another drill is on its way");
	}

	@Test
	void takesAwayWhatADrillThatWasStoppedHasLeft() {
		this.answers.put("rds:restoreDBInstanceToPointInTime", "!Rds.DbInstanceAlreadyExistsException");
		failsAndSaysSo();
	}

	@Test
	void failsWhereTheInstanceCannotBeTakenAway() {
		this.answers.put("rds:deleteDBInstance", "!Rds.InvalidDbInstanceStateException");
		failsAndSaysSo();
		assertThat(this.reports).singleElement().asString().contains("could not be taken away");
	}

	@Test
	void givesUpAnInstanceThatIsNeverThere() {
		this.answers.put("rds:describeDBInstances", MAKING);
		failsAndSaysSo();
		assertThat(this.walk.visited()).filteredOn("Look"::equals).hasSize(Steps.MOST_LOOKS);
	}

	private void failsAndSaysSo() {
		assertThatExceptionOfType(Walk.Refused.class).isThrownBy(this::walked).withMessage("RestoreDrillFailed");
		assertThat(this.walk.visited()).contains("Remove", "Report");
		assertThat(this.reports).singleElement().asString().contains("FAILED");
	}

	private JsonNode walked() {
		return this.walk.through(DrillStackTests.definition(Synthesised.production().stack("Drill"), "Machine"),
				JSON.createObjectNode());
	}

	private JsonNode call(String resource, JsonNode parameters) {
		String call = resource.replaceFirst("arn:aws:states:::(aws-sdk:|sns:)?", "");
		if (call.equals("publish")) {
			this.reports.add(parameters.get("Message").asString());
		}
		String answer = (call.startsWith("rds:describe") && !this.looks.isEmpty()) ? this.looks.removeFirst()
				: this.answers.getOrDefault(call, "!" + call);
		if (answer.startsWith("!")) {
			throw new Walk.Refused(answer.substring(1));
		}
		return JSON.readTree(answer);
	}

}
