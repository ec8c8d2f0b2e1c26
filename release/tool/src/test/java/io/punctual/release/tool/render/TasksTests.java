package io.punctual.release.tool.render;

import java.util.Map;
import java.util.TreeMap;

import io.punctual.release.tool.Documents;
import io.punctual.release.tool.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a task of the templates lives on Fargate: what it may do at its start, what ends
 * it, and what it leaves.
 */
class TasksTests {

	private static final String MIGRATION = "release/migrate-taskdef.json";

	private static JsonNode task(String template) {
		return Documents.json(Repository.file(template));
	}

	private static JsonNode container(String template) {
		return task(template).at("/containerDefinitions/0");
	}

	/**
	 * It would otherwise send before anybody has tried it, or change the schema under the
	 * release that works.
	 */
	@Test
	void waitAtTheirGateAndLeaveTheSchemaAlone() {
		Map<String, String> told = new TreeMap<>();
		container("taskdef.json").path("environment")
			.forEach((item) -> told.put(item.path("name").asString(), item.path("value").asString()));
		assertThat(told).containsEntry("PUNCTUAL_RELEASE_GATE", "guarded")
			.containsEntry("PUNCTUAL_RELEASE_ID", "${RELEASE}")
			.containsEntry("SPRING_FLYWAY_ENABLED", "false")
			.containsEntry("SPRING_PROFILES_ACTIVE", "aws");
	}

	@Test
	void comeToTheDatabaseByATokenAndToTheIssuerByASecret() {
		assertThat(container("taskdef.json").path("environment"))
			.anySatisfy((item) -> assertThat(item.toString())
				.isEqualTo("{\"name\":\"PUNCTUAL_DATABASE_AUTHENTICATION\",\"value\":\"iam\"}"))
			.anySatisfy((item) -> assertThat(item.toString())
				.isEqualTo("{\"name\":\"SPRING_DATASOURCE_USERNAME\",\"value\":\"${SERVICE}\"}"));
		assertThat(container("taskdef.json").path("secrets")).singleElement()
			.satisfies((secret) -> assertThat(secret.toString()).isEqualTo(
					"{\"name\":\"PUNCTUAL_IDENTITY_CLIENT_SECRET\",\"valueFrom\":\"${IDENTITY_CLIENT_SECRET}\"}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "taskdef.json", MIGRATION })
	void haveAnAddressAndRolesOfTheirOwn(String template) {
		assertThat(task(template).path("requiresCompatibilities").toString()).isEqualTo("[\"FARGATE\"]");
		assertThat(task(template).path("networkMode").asString()).isEqualTo("awsvpc");
		assertThat(task(template).path("executionRoleArn").asString()).endsWith("EXECUTION_ROLE}");
		assertThat(task(template).path("taskRoleArn").asString()).endsWith("TASK_ROLE}");
		assertThat(container(template).path("image").asString()).isEqualTo("${IMAGE}");
		// All else that a container writes is lost to it: the root is read-only.
		assertThat(task(template).at("/volumes/0/name").asString())
			.isEqualTo(container(template).at("/mountPoints/0/sourceVolume").asString());
		assertThat(container(template).at("/mountPoints/0/readOnly").asBoolean(true)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "taskdef.json", MIGRATION })
	void areFoundAgainByTheirReleaseInLogAndTags(String template) {
		JsonNode options = container(template).at("/logConfiguration/options");
		assertThat(options.path("awslogs-group").asString()).isEqualTo("${LOG_GROUP}");
		assertThat(options.path("awslogs-region").asString()).isEqualTo("${REGION}");
		assertThat(options.path("awslogs-stream-prefix").asString()).endsWith("${RELEASE}");
		assertThat(task(template).path("tags")).extracting(JsonNode::toString)
			.contains("{\"key\":\"punctual:service\",\"value\":\"${SERVICE}\"}",
					"{\"key\":\"punctual:release\",\"value\":\"${RELEASE}\"}");
	}

	@Test
	void areNotHeldUpByALogThatTakesNothing() {
		assertThat(container("taskdef.json").at("/logConfiguration/options/mode").asString()).isEqualTo("non-blocking");
	}

	/**
	 * Whether it lives, and not whether it is ready: a database that is away for a minute
	 * must not end all tasks.
	 */
	@Test
	void areEndedWithinAMinuteWhenTheyDoNotLiveAndNotWhileTheyStart() {
		JsonNode check = container("taskdef.json").path("healthCheck");
		assertThat(check.path("command").toString()).contains("/actuator/health/liveness").doesNotContain("readiness");
		assertThat(check.path("interval").asInt() * check.path("retries").asInt()).isBetween(15, 60);
		assertThat(check.path("timeout").asInt()).isPositive().isLessThan(check.path("interval").asInt());
		assertThat(check.path("startPeriod").asInt()).isGreaterThanOrEqualTo(60);
		assertThat(container("taskdef.json").path("essential").asBoolean(false)).isTrue();
	}

	/**
	 * MySQL takes no DDL back, and a task that is ended in the middle of it leaves half
	 * of it: 120 seconds are the most that Fargate gives.
	 */
	@Test
	void areLeftToFinishAMigration() {
		assertThat(container(MIGRATION).path("command").toString()).isEqualTo("[\"migrate\"]");
		assertThat(container(MIGRATION).path("healthCheck").isMissingNode()).isTrue();
		assertThat(container(MIGRATION).path("stopTimeout").asInt()).isEqualTo(120);
		assertThat(container(MIGRATION).path("portMappings").isMissingNode()).isTrue();
	}

}
