package io.punctual.infrastructure.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares a stack's template with the one that somebody has read and committed: as YAML,
 * with the hashes of assets masked. {@code -DupdateSnapshots=true} writes instead.
 */
public final class Snapshots {

	private static final Path FOLDER = Path.of("src/test/resources/snapshots");

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private Snapshots() {
	}

	public static void assertMatches(Template template) {
		Path file = FOLDER.resolve(template.stack() + ".yaml");
		String now = render(template);
		try {
			if (Boolean.getBoolean("updateSnapshots")) {
				Files.createDirectories(FOLDER);
				Files.writeString(file, now);
			}
			assertThat(file).as("a snapshot; -DupdateSnapshots=true writes it").exists();
			assertThat(now)
				.as("%s differs from %s; if that is meant, run with -DupdateSnapshots=true and read the "
						+ "difference", template.stack(), file)
				.isEqualTo(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String render(Template template) {
		Map<String, Object> content = JSON.convertValue(template.json(), new TypeReference<Map<String, Object>>() {
		});
		for (String bootstrap : new String[] { "Rules", "Parameters" }) {
			if (content.get(bootstrap) instanceof Map<?, ?> map) {
				map.remove("CheckBootstrapVersion");
				map.remove("BootstrapVersion");
				if (map.isEmpty()) {
					content.remove(bootstrap);
				}
			}
		}
		shorten(content);
		DumperOptions options = new DumperOptions();
		options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
		options.setWidth(120);
		options.setSplitLines(false);
		return new Yaml(options).dump(content)
			.replaceAll("[0-9a-f]{64}(\\.zip|\\.json)?", "ASSET")
			.replaceAll("(Deployment|The document )[0-9a-f]{12}", "$1HASH");
	}

	/**
	 * The API's document has tests of its own; cdk-nag's reasons are code.
	 */
	@SuppressWarnings("unchecked")
	private static void shorten(Map<String, Object> content) {
		((Map<String, Map<String, Object>>) content.getOrDefault("Resources", Map.of())).values()
			.forEach((resource) -> {
				resource.remove("Metadata");
				if (resource.get("Properties") instanceof Map<?, ?> properties && properties.get("Body") != null) {
					((Map<String, Object>) properties).put("Body", "gateway-config/openapi.yaml as it is imported");
				}
			});
	}

}
