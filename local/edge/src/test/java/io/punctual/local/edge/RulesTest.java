package io.punctual.local.edge;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.punctual.local.edge.document.DocumentReader;
import io.punctual.local.edge.document.GatewayApi;
import io.punctual.local.edge.document.Operation;
import io.punctual.local.edge.document.Settings;
import io.punctual.local.edge.document.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;

/**
 * Takes each rule of Punctual's document and settings away, one at a time, and shows that
 * the gateway then behaves otherwise: no rule is there for nothing, and none is missing
 * from the tests.
 */
abstract class RulesTest {

	protected static final GatewayApi API = DocumentReader.read(Source.of(Path.of(Rules.DOCUMENT)));

	protected static final Settings STAGE = Settings.read(Source.of(Path.of(Rules.SETTINGS)));

	protected static Rules rules;

	@BeforeAll
	static void start() throws Exception {
		rules = new Rules();
	}

	@AfterAll
	static void stop() {
		rules.close();
	}

	protected static List<Operation> operations() {
		return API.operations().stream().filter((operation) -> operation.authorizer() != null).toList();
	}

	protected static Operation operation(Settings.MethodSetting setting) {
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
		AccessRulesTests access = new AccessRulesTests();
		CachingRulesTests caching = new CachingRulesTests();
		ThrottlingRulesTests throttling = new ThrottlingRulesTests();
		return Stream
			.of(access.eachScopeLetsItsHoldersIn(), access.eachOperationRefusesWhoHasNoToken(),
					access.eachKeyIsAskedFor(), access.eachRequiredParameterIsAskedFor(),
					caching.eachCacheKeyTellsAnswersApart(), caching.eachCachedMethodAndItsTimeToLive(),
					caching.eachMethodThatIsNotCached(), caching.theStagesCache(), throttling.eachThrottleOfTheStage(),
					throttling.eachThrottleAndQuotaOfAUsagePlan())
			.flatMap((each) -> each)
			.map(DynamicTest::getDisplayName)
			.toList();
	}

	protected static String name(Settings.MethodSetting setting) {
		return "setting " + setting.method() + " " + setting.path();
	}

	protected static String name(Operation operation) {
		return operation.method() + " " + operation.path();
	}

	protected static Map<String, Object> security(Map<String, Object> raw) {
		return Rules.map(((List<?>) Objects.requireNonNull(raw.get("security"))).getFirst());
	}

	protected static List<Map<String, Object>> methods(Map<String, Object> settings) {
		return Rules.maps(Rules.map(settings.get("Stage")).get("MethodSettings"));
	}

}
