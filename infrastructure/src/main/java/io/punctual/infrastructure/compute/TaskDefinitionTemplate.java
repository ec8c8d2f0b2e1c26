package io.punctual.infrastructure.compute;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.settings.Platform;
import io.punctual.infrastructure.settings.Repository;
import io.punctual.infrastructure.settings.Service;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code taskdef.json} with the variables of {@code release/services.json}, for the first
 * task of each service. Later ones are made of the same file by the release.
 */
public final class TaskDefinitionTemplate {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {
	};

	/**
	 * Their members are names, not properties.
	 */
	private static final Set<String> NAMES = Set.of("options");

	private TaskDefinitionTemplate() {
	}

	/**
	 * The properties of an {@code AWS::ECS::TaskDefinition}.
	 * @param values by the names of the placeholders
	 */
	@SuppressWarnings("unchecked")
	public static Map<String, Object> render(Service service, Platform platform, Map<String, String> values) {
		Map<String, Object> template = read(Repository.file("taskdef.json"));
		Map<String, Object> container = ((List<Map<String, Object>>) member(template, "containerDefinitions"))
			.getFirst();
		Map<String, Object> services = read(Repository.file("release/services.json"));
		Map<String, Object> own = (Map<String, Object>) member((Map<String, Object>) member(services, service.id()),
				"environment");
		List<Object> environment = new ArrayList<>((List<Object>) member(container, "environment"));
		own.forEach((name, value) -> environment.add(Ordered.map("name", name, "value", value)));
		container.put("environment", environment);
		template.put("runtimePlatform", Ordered.map("operatingSystemFamily", platform.operatingSystemFamily(),
				"cpuArchitecture", platform.cpuArchitecture()));
		if (platform.isWindows()) {
			// What a Windows container cannot have, or what is said of Linux in it: its
			// check of health is a line for bash. The load balancer's own remains.
			Map<String, Object> lacking = read(Repository.file("release/windows.json"));
			template.keySet().removeAll((List<String>) member(lacking, "task"));
			container.keySet().removeAll((List<String>) member(lacking, "container"));
		}
		return (Map<String, Object>) capitalised(filled(template, values), "");
	}

	private static Object member(Map<String, Object> of, String name) {
		return Objects.requireNonNull(of.get(name), name);
	}

	private static Map<String, Object> read(Path file) {
		return JSON.readValue(file.toFile(), MAP);
	}

	private static Object filled(Object value, Map<String, String> values) {
		return switch (value) {
			case Map<?, ?> map -> {
				Map<String, Object> filled = new LinkedHashMap<>();
				map.forEach((name, item) -> filled.put(String.valueOf(name), filled(item, values)));
				yield filled;
			}
			case List<?> list -> list.stream().map((item) -> filled(item, values)).toList();
			case String text -> filled(text, values);
			default -> value;
		};
	}

	private static String filled(String text, Map<String, String> values) {
		String filled = text;
		for (Map.Entry<String, String> value : values.entrySet()) {
			filled = filled.replace("${" + value.getKey() + "}", value.getValue());
		}
		if (filled.matches("(?s).*\\$\\{[A-Z_]+}.*")) {
			throw new IllegalStateException("no value for a placeholder of " + filled);
		}
		return filled;
	}

	private static Object capitalised(Object value, String name) {
		return switch (value) {
			case Map<?, ?> map -> {
				Map<String, Object> capitalised = new LinkedHashMap<>();
				map.forEach((key, item) -> {
					String text = String.valueOf(key);
					capitalised.put(
							NAMES.contains(name) ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1),
							capitalised(item, text));
				});
				yield capitalised;
			}
			case List<?> list -> list.stream().map((item) -> capitalised(item, name)).toList();
			default -> value;
		};
	}

}
