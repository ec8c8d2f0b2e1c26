package io.punctual.local.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.punctual.local.edge.Rules.World;
import io.punctual.local.edge.document.DocumentException;
import io.punctual.local.edge.document.Operation;
import io.punctual.local.edge.document.Settings;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * The rules of how much is let through.
 */
class ThrottlingRulesTests extends RulesTest {

	@TestFactory
	Stream<DynamicTest> eachThrottleOfTheStage() {
		return STAGE.methods()
			.stream()
			.filter((setting) -> setting.limit() != null)
			.flatMap((setting) -> Stream.of("ThrottlingRateLimit", "ThrottlingBurstLimit")
				.map((rule) -> dynamicTest(name(setting) + " " + rule, () -> {
					int at = STAGE.methods().indexOf(setting);
					Operation operation = operation(setting);
					Settings.Limit limit = Objects.requireNonNull(setting.limit());
					List<Integer> before = rules.world(operation).admitted(operation, limit);
					assertThat(before.getFirst()).isEqualTo((int) limit.burst());
					// Half of a throttle is none, and not taken for one.
					assertThatExceptionOfType(DocumentException.class)
						.isThrownBy(() -> rules.world(operation, (raw) -> {
						}, (settings) -> methods(settings).get(at).remove(rule)))
						.withMessageContaining(rule);
					List<Integer> after = rules.world(operation, (raw) -> {
					}, (settings) -> methods(settings).get(at).keySet().removeIf((key) -> key.startsWith("Throttling")))
						.admitted(operation, limit);
					assertThat(after).isNotEqualTo(before);
				})));
	}

	@TestFactory
	Stream<DynamicTest> eachThrottleAndQuotaOfAUsagePlan() {
		List<DynamicTest> tests = new ArrayList<>();
		for (Settings.Plan plan : STAGE.plans()) {
			Operation open = operations().stream()
				.filter(Operation::apiKeyRequired)
				.filter((operation) -> !plan.methods().containsKey(operation.path() + "/" + operation.method()))
				.findFirst()
				.orElseThrow();
			Settings.Limit limit = plan.limit();
			if (limit != null) {
				tests.add(throttle("plan " + plan.name() + " Throttle", plan, open, limit, "Throttle"));
			}
			plan.methods()
				.forEach((method,
						own) -> tests.add(throttle("plan " + plan.name() + " " + method, plan,
								operations().stream()
									.filter((operation) -> method.equals(operation.path() + "/" + operation.method()))
									.findFirst()
									.orElseThrow(),
								own, "ApiStages")));
			if (plan.quota() != null) {
				tests.add(dynamicTest("plan " + plan.name() + " Quota", () -> {
					World before = rules.world(open, (raw) -> {
					}, (settings) -> Rules.map(plan(settings, plan).get("Quota")).put("Limit", 3)).inPlan(plan.name());
					World after = rules.world(open, (raw) -> {
					}, (settings) -> plan(settings, plan).remove("Quota")).inPlan(plan.name());
					assertThat(before.statuses(open, 4)).containsExactly(200, 200, 200, 429);
					assertThat(after.statuses(open, 4)).containsOnly(200);
				}));
			}
		}
		assertThat(tests).isNotEmpty();
		return tests.stream();
	}

	private static DynamicTest throttle(String name, Settings.Plan plan, Operation operation, Settings.Limit limit,
			String rule) {
		return dynamicTest(name, () -> {
			World before = rules.world(operation).inPlan(plan.name());
			World after = rules.world(operation, (raw) -> {
			}, (settings) -> plan(settings, plan).remove(rule)).inPlan(plan.name());
			assertThat(before.admitted(operation, limit).getFirst()).isEqualTo((int) limit.burst());
			assertThat(after.admitted(operation, limit)).isNotEqualTo(before.admitted(operation, limit));
		});
	}

	private static Map<String, Object> plan(Map<String, Object> settings, Settings.Plan plan) {
		return Rules.map(Rules.map(settings.get("UsagePlans")).get(plan.name()));
	}

}
