package io.punctual.local.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every scope, key, limit and cache rule, as the two files write them and not as the edge
 * reads them, against the list of those that are meant to be there: whoever takes one out
 * or puts one in changes the list, too, and none is without a test of what it does.
 */
class RuleListTests {

	private static final Path LIST = Path.of("src/test/resources/punctual-rules.txt");

	private static final Set<String> NO_RULES = Set.of("ResourcePath", "HttpMethod");

	/**
	 * The longest that AWS takes, and what it takes without one.
	 */
	private static final Integer NO_LIMIT = 29_000;

	private final List<String> rules = new ArrayList<>();

	@Test
	void areThoseOfTheList() throws IOException {
		collect();
		if (Boolean.getBoolean("updateRules")) {
			Files.write(LIST, this.rules);
		}
		assertThat(this.rules).containsExactlyElementsOf(Files.readAllLines(LIST));
	}

	@Test
	void haveATestEach() throws IOException {
		collect();
		assertThat(this.rules).hasSizeGreaterThan(100).doesNotHaveDuplicates();
		assertThat(RulesTest.names()).containsAll(this.rules);
	}

	private void collect() throws IOException {
		Map<String, Object> api = yaml(Rules.DOCUMENT);
		Rules.map(api.get("paths")).forEach((path, item) -> Rules.map(item).forEach((method, operation) -> {
			if (!method.equals("parameters")) {
				operation(method.toUpperCase(Locale.ROOT) + " " + path, Rules.map(operation), api);
			}
		}));
		settings(yaml(Rules.SETTINGS));
	}

	private void operation(String name, Map<String, Object> operation, Map<String, Object> api) {
		Rules.maps(operation.get("security")).forEach((schemes) -> schemes.forEach((scheme, scopes) -> {
			this.rules.add(name + (scheme.equals("oauth2") ? " token" : " key"));
			((List<?>) scopes).forEach((scope) -> this.rules.add(name + " scope " + scope));
		}));
		for (Map<String, Object> parameter : Rules.parameters(operation, api)) {
			if (Boolean.TRUE.equals(parameter.get("required")) && !"path".equals(parameter.get("in"))) {
				this.rules.add(name + " needs " + parameter.get("name"));
			}
		}
		Map<String, Object> integration = Rules.map(operation.get("x-amazon-apigateway-integration"));
		((List<?>) integration.getOrDefault("cacheKeyParameters", List.of()))
			.forEach((key) -> this.rules.add(name + " cached by " + key));
		Object timeout = integration.get("timeoutInMillis");
		if (!NO_LIMIT.equals(timeout)) {
			this.rules.add(name + " timeout " + timeout);
		}
		if (operation.containsKey("x-amazon-apigateway-request-validator")) {
			this.rules.add(name + " validator");
		}
	}

	private void settings(Map<String, Object> settings) {
		Map<String, Object> stage = Rules.map(settings.get("Stage"));
		if (Boolean.TRUE.equals(stage.get("CacheClusterEnabled"))) {
			this.rules.add("Stage CacheClusterEnabled");
		}
		for (Map<String, Object> setting : Rules.maps(stage.get("MethodSettings"))) {
			setting.keySet()
				.stream()
				.filter((key) -> !NO_RULES.contains(key))
				.forEach((key) -> this.rules
					.add("setting " + setting.get("HttpMethod") + " " + setting.get("ResourcePath") + " " + key));
		}
		Rules.map(settings.get("UsagePlans")).forEach((name, value) -> {
			Map<String, Object> plan = Rules.map(value);
			plan.keySet()
				.stream()
				.filter((key) -> Set.of("Throttle", "Quota").contains(key))
				.forEach((key) -> this.rules.add("plan " + name + " " + key));
			for (Map<String, Object> throttled : Rules.maps(plan.getOrDefault("ApiStages", List.of()))) {
				Rules.map(throttled.getOrDefault("Throttle", Map.of()))
					.keySet()
					.forEach((method) -> this.rules.add("plan " + name + " " + method));
			}
		});
	}

	private static Map<String, Object> yaml(String file) throws IOException {
		return Rules.map(new Yaml().load(Files.readString(Path.of(file))));
	}

}
