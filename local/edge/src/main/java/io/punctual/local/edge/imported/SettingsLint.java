package io.punctual.local.edge.imported;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.punctual.local.edge.document.GatewayApi;
import io.punctual.local.edge.document.Settings;

/**
 * Finds in the settings what a deployment would reject, or what would have no effect on
 * this document.
 */
public final class SettingsLint {

	/**
	 * A quota of API Gateway: throttled methods a usage plan and stage.
	 */
	private static final int MOST_METHOD_THROTTLES = 20;

	private SettingsLint() {
	}

	/**
	 * What is wrong, in the words of whoever has to put it right; empty when nothing is.
	 */
	public static List<String> check(GatewayApi api, Settings settings) {
		List<String> found = new ArrayList<>();
		Set<String> methods = api.operations()
			.stream()
			.map((operation) -> operation.path() + "/" + operation.method())
			.collect(Collectors.toSet());
		Set<String> plans = settings.plans().stream().map(Settings.Plan::name).collect(Collectors.toSet());
		for (Settings.Plan plan : settings.plans()) {
			if (plan.methods().size() > MOST_METHOD_THROTTLES) {
				found.add("usage plan " + plan.name() + " throttles " + plan.methods().size() + " methods, more than "
						+ MOST_METHOD_THROTTLES);
			}
			plan.methods()
				.keySet()
				.stream()
				.filter((method) -> !methods.contains(method))
				.forEach((method) -> found
					.add("usage plan " + plan.name() + " throttles " + method + ", which is no operation"));
		}
		for (Settings.Key key : settings.keys()) {
			if (key.plan() == null) {
				found.add("the API key " + key.id() + " is in no usage plan and opens nothing");
			}
			else if (!plans.contains(key.plan())) {
				found.add("the API key " + key.id() + " is in the usage plan " + key.plan() + ", which is not there");
			}
		}
		for (Settings.MethodSetting setting : settings.methods()) {
			boolean all = setting.path().equals("/*") || setting.method().equals("*");
			if (!all && !methods.contains(setting.path() + "/" + setting.method())) {
				found.add(setting.method() + " " + setting.path() + " is set and is no operation");
			}
		}
		if (!settings.cacheCluster()
				&& settings.methods().stream().anyMatch((set) -> Boolean.TRUE.equals(set.caching()))) {
			found.add("methods are cached, but the stage has no cache cluster");
		}
		return found;
	}

}
