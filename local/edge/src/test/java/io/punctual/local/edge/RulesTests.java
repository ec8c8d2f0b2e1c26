package io.punctual.local.edge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.punctual.local.edge.Rules.World;
import io.punctual.local.edge.document.DocumentException;
import io.punctual.local.edge.document.DocumentReader;
import io.punctual.local.edge.document.GatewayApi;
import io.punctual.local.edge.document.Operation;
import io.punctual.local.edge.document.Settings;
import io.punctual.local.edge.document.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * Takes each rule of Punctual's document and settings away, one at a time, and shows that
 * the gateway then behaves otherwise: no rule is there for nothing, and none is missing
 * from the tests.
 */
class RulesTests {

	private static final GatewayApi API = DocumentReader.read(Source.of(Path.of(Rules.DOCUMENT)));

	private static final Settings STAGE = Settings.read(Source.of(Path.of(Rules.SETTINGS)));

	private static Rules rules;

	@BeforeAll
	static void start() throws Exception {
		rules = new Rules();
	}

	@AfterAll
	static void stop() {
		rules.close();
	}

	private static List<Operation> operations() {
		return API.operations().stream().filter((operation) -> operation.authorizer() != null).toList();
	}

	@TestFactory
	Stream<DynamicTest> eachScopeLetsItsHoldersIn() {
		return operations().stream()
			.flatMap((operation) -> operation.scopes()
				.stream()
				.map((scope) -> dynamicTest(name(operation) + " scope " + scope, () -> {
					World before = rules.world(operation);
					World after = rules.world(operation, (raw) -> scopes(raw).remove(scope));
					assertThat(before.status(operation, scope)).isEqualTo(200);
					assertThat(after.status(operation, scope)).isEqualTo(401);
				})));
	}

	@TestFactory
	Stream<DynamicTest> eachOperationRefusesWhoHasNoToken() {
		return operations().stream().map((operation) -> dynamicTest(name(operation) + " token", () -> {
			World after = rules.world(operation, (raw) -> security(raw).remove("oauth2"));
			assertThat(rules.world(operation).status(operation, null)).isEqualTo(401);
			assertThat(after.status(operation, null)).isEqualTo(200);
		}));
	}

	@TestFactory
	Stream<DynamicTest> eachKeyIsAskedFor() {
		List<Operation> keyed = operations().stream().filter(Operation::apiKeyRequired).toList();
		assertThat(keyed).isNotEmpty();
		return keyed.stream().map((operation) -> dynamicTest(name(operation) + " key", () -> {
			String scope = operation.scopes().iterator().next();
			World after = rules.world(operation, (raw) -> security(raw).remove("apiKey"));
			assertThat(rules.world(operation).withKey("").status(operation, scope)).isEqualTo(403);
			assertThat(after.withKey("").status(operation, scope)).isEqualTo(200);
		}));
	}

	@TestFactory
	Stream<DynamicTest> eachRequiredParameterIsAskedFor() {
		return operations().stream()
			.flatMap((operation) -> operation.required()
				.stream()
				.filter((parameter) -> !parameter.in().equals("path"))
				.map((parameter) -> dynamicTest(name(operation) + " needs " + parameter.name(), () -> {
					String scope = operation.scopes().iterator().next();
					World before = rules.world(operation).without(parameter.name());
					World after = rules
						.world(operation,
								(raw) -> rules.parameters(raw)
									.removeIf((one) -> parameter.name().equals(one.get("name"))))
						.without(parameter.name());
					assertThat(before.status(operation, scope)).isEqualTo(400);
					assertThat(after.status(operation, scope)).isEqualTo(200);
				})));
	}

	@TestFactory
	Stream<DynamicTest> eachCacheKeyTellsAnswersApart() {
		List<Operation> cached = operations().stream()
			.filter((operation) -> !operation.integration().cacheKeyParameters().isEmpty())
			.toList();
		assertThat(cached).isNotEmpty();
		return cached.stream()
			.flatMap((operation) -> operation.integration()
				.cacheKeyParameters()
				.stream()
				.map((key) -> dynamicTest(name(operation) + " cached by " + key, () -> {
					World before = rules.world(operation);
					World after = rules.world(operation, (raw) -> cacheKeys(raw).remove(key));
					assertThat(before.answersToTwoThatDifferIn(operation, key)).isEqualTo(2);
					assertThat(after.answersToTwoThatDifferIn(operation, key)).isEqualTo(1);
				})));
	}

	@TestFactory
	Stream<DynamicTest> eachCachedMethodAndItsTimeToLive() {
		List<Settings.MethodSetting> cached = STAGE.methods()
			.stream()
			.filter((setting) -> Boolean.TRUE.equals(setting.caching()))
			.toList();
		assertThat(cached).isNotEmpty();
		return cached.stream().flatMap((setting) -> {
			int at = STAGE.methods().indexOf(setting);
			Operation operation = operation(setting);
			return Stream.of(Map.entry("CachingEnabled", 1L), Map.entry("CacheTtlInSeconds", 301L))
				.map((rule) -> dynamicTest(name(setting) + " " + rule.getKey(), () -> {
					World before = rules.world(operation);
					World after = rules.world(operation, (raw) -> {
					}, (settings) -> methods(settings).get(at).remove(rule.getKey()));
					assertThat(before.answersToTwo(operation, rule.getValue())).isEqualTo(1);
					assertThat(after.answersToTwo(operation, rule.getValue())).isEqualTo(2);
				}));
		});
	}

	@TestFactory
	Stream<DynamicTest> eachMethodThatIsNotCached() {
		List<Settings.MethodSetting> uncached = STAGE.methods()
			.stream()
			.filter((setting) -> Boolean.FALSE.equals(setting.caching()))
			.toList();
		assertThat(uncached).isNotEmpty();
		return uncached.stream().map((setting) -> dynamicTest(name(setting) + " CachingEnabled", () -> {
			int at = STAGE.methods().indexOf(setting);
			Operation operation = operations().stream()
				.filter((one) -> one.method().equals("GET")
						&& (setting.path().equals("/*") || setting.path().equals(one.path())))
				.filter((one) -> !STAGE.setting(one, Settings.MethodSetting::caching, false))
				.findFirst()
				.orElseThrow();
			World after = rules.world(operation, (raw) -> {
			}, (settings) -> methods(settings).get(at).put("CachingEnabled", true));
			assertThat(rules.world(operation).answersToTwo(operation, 1)).isEqualTo(2);
			assertThat(after.answersToTwo(operation, 1)).isEqualTo(1);
		}));
	}

	@TestFactory
	Stream<DynamicTest> eachMethodsOwnSwitchGoesBeforeTheStages() {
		return STAGE.methods()
			.stream()
			.filter((setting) -> Boolean.TRUE.equals(setting.caching()))
			.map((setting) -> dynamicTest(name(setting) + " CachingEnabled: false", () -> {
				int at = STAGE.methods().indexOf(setting);
				Operation operation = operation(setting);
				World off = rules.world(operation, (raw) -> {
				}, (settings) -> {
					all(settings).put("CachingEnabled", true);
					methods(settings).get(at).put("CachingEnabled", false);
				});
				World absent = rules.world(operation, (raw) -> {
				}, (settings) -> {
					all(settings).put("CachingEnabled", true);
					methods(settings).get(at).remove("CachingEnabled");
				});
				assertThat(off.answersToTwo(operation, 1)).isEqualTo(2);
				assertThat(absent.answersToTwo(operation, 1)).isEqualTo(1);
			}));
	}

	@TestFactory
	Stream<DynamicTest> theStagesCache() {
		Operation operation = operations().stream()
			.filter((one) -> STAGE.setting(one, Settings.MethodSetting::caching, false))
			.findFirst()
			.orElseThrow();
		return Stream.of(dynamicTest("Stage CacheClusterEnabled", () -> {
			World after = rules.world(operation, (raw) -> {
			}, (settings) -> Rules.map(settings.get("Stage")).remove("CacheClusterEnabled"));
			assertThat(rules.world(operation).answersToTwo(operation, 1)).isEqualTo(1);
			assertThat(after.answersToTwo(operation, 1)).isEqualTo(2);
		}));
	}

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

	private static Operation operation(Settings.MethodSetting setting) {
		return operations().stream()
			.filter((operation) -> setting.path().equals("/*") ? operation.path().equals("/v1/notices")
					: operation.path().equals(setting.path()) && operation.method().equals(setting.method()))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * The names of all of these tests, each of which begins as the rule's does.
	 */
	static List<String> names() {
		RulesTests tests = new RulesTests();
		return Stream
			.of(tests.eachScopeLetsItsHoldersIn(), tests.eachOperationRefusesWhoHasNoToken(), tests.eachKeyIsAskedFor(),
					tests.eachRequiredParameterIsAskedFor(), tests.eachCacheKeyTellsAnswersApart(),
					tests.eachCachedMethodAndItsTimeToLive(), tests.eachMethodThatIsNotCached(), tests.theStagesCache(),
					tests.eachThrottleOfTheStage(), tests.eachThrottleAndQuotaOfAUsagePlan())
			.flatMap((each) -> each)
			.map(DynamicTest::getDisplayName)
			.toList();
	}

	private static String name(Settings.MethodSetting setting) {
		return "setting " + setting.method() + " " + setting.path();
	}

	private static Map<String, Object> all(Map<String, Object> settings) {
		return methods(settings).stream()
			.filter((one) -> "/*".equals(one.get("ResourcePath")))
			.findFirst()
			.orElseThrow();
	}

	private static String name(Operation operation) {
		return operation.method() + " " + operation.path();
	}

	private static Map<String, Object> security(Map<String, Object> raw) {
		return Rules.map(((List<?>) Objects.requireNonNull(raw.get("security"))).getFirst());
	}

	private static List<?> scopes(Map<String, Object> raw) {
		return (List<?>) Objects.requireNonNull(security(raw).get("oauth2"));
	}

	private static Map<String, Object> integration(Map<String, Object> raw) {
		return Rules.map(raw.get("x-amazon-apigateway-integration"));
	}

	private static List<?> cacheKeys(Map<String, Object> raw) {
		return (List<?>) Objects.requireNonNull(integration(raw).get("cacheKeyParameters"));
	}

	private static List<Map<String, Object>> methods(Map<String, Object> settings) {
		return Rules.maps(Rules.map(settings.get("Stage")).get("MethodSettings"));
	}

	private static Map<String, Object> plan(Map<String, Object> settings, Settings.Plan plan) {
		return Rules.map(Rules.map(settings.get("UsagePlans")).get(plan.name()));
	}

}
