package io.punctual.local.edge.imported;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.punctual.local.edge.document.DocumentReader;
import io.punctual.local.edge.document.GatewayApi;
import io.punctual.local.edge.document.Settings;
import io.punctual.local.edge.document.Source;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the lint finds in settings.
 */
class SettingsLintTests {

	private static final GatewayApi API = DocumentReader.read(Source.of(Path.of("../../gateway-config/openapi.yaml")));

	@Test
	void findsNothingInOurs() {
		assertThat(SettingsLint.check(API, Settings.read(Source.of(Path.of("../../gateway-config/settings.yaml")))))
			.isEmpty();
	}

	@Test
	void refusesMoreThanTwentyThrottledMethodsInAPlan() {
		List<String> methods = API.operations()
			.stream()
			.filter((operation) -> !operation.method().equals("OPTIONS"))
			.map((operation) -> operation.path() + "/" + operation.method())
			.toList();
		assertThat(lint(plan(methods.subList(0, 20)))).isEmpty();
		assertThat(lint(plan(methods.subList(0, 21))))
			.containsExactly("usage plan p throttles 21 methods, more than 20");
	}

	@Test
	void findsWhatIsSetForNoOperation() {
		assertThat(lint(plan(List.of("/v1/nothing/GET")))).singleElement().asString().contains("/v1/nothing/GET");
		assertThat(lint("Stage: {MethodSettings: [{ResourcePath: /v1/clients, HttpMethod: DELETE}]}")).singleElement()
			.asString()
			.contains("no operation");
		assertThat(lint("Stage: {MethodSettings: [{ResourcePath: /*, HttpMethod: GET, CachingEnabled: true}]}"))
			.singleElement()
			.asString()
			.contains("no cache cluster");
	}

	@Test
	void findsKeysThatOpenNothing() {
		String key = "Stage: {}\nApiKeys: {k: {Value: k-0000000000000000000, Enabled: true}}\n";
		assertThat(lint(key)).singleElement().asString().contains("opens nothing");
		assertThat(lint(key + "UsagePlanKeys: [{KeyId: k, KeyType: API_KEY, UsagePlanId: gone}]")).singleElement()
			.asString()
			.contains("not there");
	}

	private static String plan(List<String> methods) {
		return "Stage: {}\nUsagePlans: {p: {ApiStages: [{Throttle: {" + IntStream.range(0, methods.size())
			.mapToObj((at) -> "\"" + methods.get(at) + "\": {RateLimit: 1, BurstLimit: 1}")
			.collect(Collectors.joining(", ")) + "}}]}}\n";
	}

	private static List<String> lint(String settings) {
		return SettingsLint.check(API, Settings.read(Source.of("settings.yaml", settings)));
	}

}
