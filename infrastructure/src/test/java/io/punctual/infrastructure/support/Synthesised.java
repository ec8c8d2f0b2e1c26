package io.punctual.infrastructure.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.punctual.infrastructure.PunctualApp;
import io.punctual.infrastructure.settings.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An environment's templates, synthesised once for all tests of a run.
 */
public final class Synthesised {

	private static final Map<Environment, Synthesised> CACHE = new ConcurrentHashMap<>();

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final Map<String, Template> templates = new TreeMap<>();

	private final List<String> errors = new ArrayList<>();

	private final Path folder;

	private Synthesised(Environment environment) {
		this.folder = Path.of("target", "synthesised",
				environment.name() + "-" + Integer.toHexString(environment.hashCode()));
		delete(this.folder);
		PunctualApp.synthesise(this.folder, environment);
		JsonNode manifest = read(assembly().resolve("manifest.json"));
		manifest.get("artifacts").properties().forEach((entry) -> {
			JsonNode artifact = entry.getValue();
			if (artifact.path("type").asString("").equals("aws:cloudformation:stack")) {
				JsonNode properties = artifact.get("properties");
				String name = properties.path("stackName").asString(entry.getKey());
				this.templates.put(name,
						new Template(name, read(assembly().resolve(properties.get("templateFile").asString()))));
				findErrors(name, artifact);
			}
		});
	}

	/**
	 * Those of production.
	 */
	public static Synthesised production() {
		return of(Environment.production());
	}

	public static Synthesised staging() {
		return of(Environment.staging());
	}

	public static Synthesised of(Environment environment) {
		return CACHE.computeIfAbsent(environment, Synthesised::new);
	}

	/**
	 * The template of the stack of that name.
	 */
	public Template stack(String name) {
		Template template = this.templates.get(name);
		if (template == null) {
			throw new IllegalArgumentException("no stack " + name + ", but " + this.templates.keySet());
		}
		return template;
	}

	/**
	 * All templates, by their stacks' names.
	 */
	public Map<String, Template> stacks() {
		return this.templates;
	}

	/**
	 * What there is of a type, whichever stack it is in.
	 */
	public List<Template.Resource> all(String type) {
		return this.templates.values().stream().flatMap((template) -> template.all(type).stream()).toList();
	}

	/**
	 * What the constructs complained of, findings of the security rules included.
	 */
	public List<String> errors() {
		return this.errors;
	}

	/**
	 * What the security rules reported on a stack, a line for each rule and resource.
	 */
	public List<String> securityReport(String stack) {
		try {
			return Files.readAllLines(this.folder.resolve("AwsSolutions-" + stack + "-NagReport.csv"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The folder of the environment's assembly.
	 */
	public Path assembly() {
		try (var folders = Files.list(this.folder)) {
			return folders.filter((path) -> path.getFileName().toString().startsWith("assembly-"))
				.findFirst()
				.orElseThrow(() -> new IllegalStateException("nothing was synthesised into " + this.folder));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void findErrors(String stack, JsonNode artifact) {
		JsonNode metadata = artifact.has("additionalMetadataFile")
				? read(assembly().resolve(artifact.get("additionalMetadataFile").asString()))
				: artifact.path("metadata");
		metadata.properties().forEach((place) -> place.getValue().forEach((entry) -> {
			String type = entry.path("type").asString("");
			if (type.equals("aws:cdk:error") || type.equals("aws:cdk:warning")) {
				this.errors.add(stack + " " + place.getKey() + ": " + entry.path("data").asString(""));
			}
		}));
	}

	private static JsonNode read(Path file) {
		return JSON.readTree(file.toFile());
	}

	private static void delete(Path folder) {
		if (!Files.exists(folder)) {
			return;
		}
		try (var paths = Files.walk(folder)) {
			for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
				Files.delete(path);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
