package io.punctual.infrastructure.gateway;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.punctual.infrastructure.settings.Repository;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * {@code gateway-config/settings.yaml}, which has CloudFormation's own names and shapes:
 * it is passed on as it stands but for what only an account knows.
 */
final class GatewaySettings {

	/**
	 * What the file may have and is used; {@code Local} is the laptop's.
	 */
	private static final Set<String> KNOWN = Set.of("Stage", "UsagePlans", "ApiKeys", "UsagePlanKeys", "Local");

	private final Map<String, Object> all;

	GatewaySettings() {
		try (Reader reader = Files.newBufferedReader(Repository.file("gateway-config/settings.yaml"))) {
			this.all = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		if (!KNOWN.containsAll(this.all.keySet())) {
			throw new IllegalStateException("settings.yaml has more than " + KNOWN + ": " + this.all.keySet());
		}
	}

	/**
	 * A stage's properties, but for variables and the log's destination.
	 */
	Map<String, Object> stage() {
		Map<String, Object> stage = new LinkedHashMap<>(map(this.all, "Stage"));
		stage.remove("Variables");
		Map<String, Object> general = new LinkedHashMap<>();
		list(stage, "MethodSettings").stream()
			.map(GatewaySettings::cast)
			.filter((setting) -> "/*".equals(setting.get("ResourcePath")) && "*".equals(setting.get("HttpMethod")))
			.forEach(general::putAll);
		List<Object> methods = new ArrayList<>();
		for (Object setting : list(stage, "MethodSettings")) {
			// Whether a method's own setting inherits the rest of the stage's is not
			// documented.
			Map<String, Object> complete = new LinkedHashMap<>(general);
			complete.putAll(cast(setting));
			complete.put("ResourcePath", encoded(String.valueOf(complete.get("ResourcePath"))));
			methods.add(complete);
		}
		stage.put("MethodSettings", methods);
		return stage;
	}

	Set<String> variables() {
		return map(map(this.all, "Stage"), "Variables").keySet();
	}

	/**
	 * Usage plans' properties by their names, each for the given stage.
	 */
	Map<String, Map<String, Object>> usagePlans(String apiId, String stage) {
		Map<String, Map<String, Object>> plans = new LinkedHashMap<>();
		map(this.all, "UsagePlans").forEach((name, plan) -> {
			Map<String, Object> properties = new LinkedHashMap<>(cast(plan));
			List<Object> stages = list(properties, "ApiStages");
			Map<String, Object> here = new LinkedHashMap<>(stages.isEmpty() ? Map.of() : cast(stages.getFirst()));
			here.put("ApiId", apiId);
			here.put("Stage", stage);
			properties.put("ApiStages", List.of(here));
			plans.put(name, properties);
		});
		return plans;
	}

	/**
	 * Requests a second that the most generous plan allows.
	 */
	double highestRate() {
		return map(this.all, "UsagePlans").values()
			.stream()
			.map((plan) -> map(cast(plan), "Throttle").get("RateLimit"))
			.filter(Number.class::isInstance)
			.mapToDouble((rate) -> ((Number) rate).doubleValue())
			.max()
			.orElseThrow(() -> new IllegalStateException("no usage plan in settings.yaml has a RateLimit"));
	}

	/**
	 * API keys' properties by their names; their values are generated.
	 */
	Map<String, Map<String, Object>> apiKeys() {
		Map<String, Map<String, Object>> keys = new LinkedHashMap<>();
		map(this.all, "ApiKeys").forEach((name, key) -> {
			Map<String, Object> properties = new LinkedHashMap<>(cast(key));
			properties.remove("Value");
			keys.put(name, properties);
		});
		return keys;
	}

	List<Map<String, Object>> usagePlanKeys() {
		return list(this.all, "UsagePlanKeys").stream().map(GatewaySettings::cast).toList();
	}

	/**
	 * As a stage names a path: the slashes after the first are {@code ~1}.
	 */
	private static String encoded(String path) {
		return path.equals("/*") ? path : "/" + path.replace("/", "~1");
	}

	private static Map<String, Object> map(Map<String, Object> of, String name) {
		return cast(of.getOrDefault(name, Map.of()));
	}

	@SuppressWarnings("unchecked")
	private static List<Object> list(Map<String, Object> of, String name) {
		return (List<Object>) of.getOrDefault(name, List.of());
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> cast(Object value) {
		return (Map<String, Object>) value;
	}

}
