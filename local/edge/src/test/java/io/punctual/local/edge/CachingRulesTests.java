package io.punctual.local.edge;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.punctual.local.edge.Rules.World;
import io.punctual.local.edge.document.Operation;
import io.punctual.local.edge.document.Settings;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * The rules of what is answered from the cache.
 */
class CachingRulesTests extends RulesTest {

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

	private static Map<String, Object> all(Map<String, Object> settings) {
		return methods(settings).stream()
			.filter((one) -> "/*".equals(one.get("ResourcePath")))
			.findFirst()
			.orElseThrow();
	}

	private static Map<String, Object> integration(Map<String, Object> raw) {
		return Rules.map(raw.get("x-amazon-apigateway-integration"));
	}

	private static List<?> cacheKeys(Map<String, Object> raw) {
		return (List<?>) Objects.requireNonNull(integration(raw).get("cacheKeyParameters"));
	}

}
