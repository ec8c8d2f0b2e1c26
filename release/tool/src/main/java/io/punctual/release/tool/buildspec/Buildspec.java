package io.punctual.release.tool.buildspec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.punctual.release.tool.Documents;
import io.punctual.release.tool.ReleaseException;
import tools.jackson.databind.JsonNode;

/**
 * A {@code buildspec.yml} of version 0.2: the part of its grammar that is used here. A
 * word that is not known is refused, as CodeBuild refuses it.
 *
 * @param variables plain variables
 * @param exported variables that later stages may read
 * @param phases in CodeBuild's order
 * @param artifacts what is kept, by name
 * @param reports patterns of the test reports
 * @param cache patterns of what is kept for the next build
 */
record Buildspec(Map<String, String> variables, List<String> exported, List<Phase> phases,
		Map<String, Artifact> artifacts, List<Files> reports, List<String> cache) {

	private static final List<String> ORDER = List.of("install", "pre_build", "build", "post_build");

	private static final Set<String> TOP = Set.of("version", "env", "phases", "reports", "artifacts", "cache");

	private static final Set<String> ENV = Set.of("shell", "variables", "exported-variables", "git-credential-helper");

	private static final Set<String> PHASE = Set.of("on-failure", "commands", "finally");

	static Buildspec read(Path file) {
		JsonNode root = Documents.yaml(file);
		known("", root, TOP);
		if (!root.path("version").asString("").equals("0.2")) {
			throw new ReleaseException("version 0.2 is the one in which all commands share a shell");
		}
		JsonNode env = root.path("env");
		known("env", env, ENV);
		Map<String, String> variables = new LinkedHashMap<>();
		env.path("variables").forEachEntry((name, value) -> variables.put(name, value.asString()));
		JsonNode phases = root.path("phases");
		known("phases", phases, Set.copyOf(ORDER));
		return new Buildspec(variables, texts(env.path("exported-variables")),
				ORDER.stream().filter(phases::has).map((name) -> phase(name, phases.path(name))).toList(),
				artifacts(root.path("artifacts")),
				root.path("reports").propertyStream().map((report) -> Files.of(report.getValue())).toList(),
				texts(root.path("cache").path("paths")));
	}

	private static Phase phase(String name, JsonNode node) {
		known("phases/" + name, node, PHASE);
		return new Phase(name, texts(node.path("commands")), texts(node.path("finally")),
				node.path("on-failure").asString("CONTINUE").equals("ABORT"));
	}

	private static Map<String, Artifact> artifacts(JsonNode node) {
		Map<String, Artifact> artifacts = new LinkedHashMap<>();
		if (node.has("files")) {
			artifacts.put(node.path("name").asString("primary"), new Artifact(Files.of(node)));
		}
		node.path("secondary-artifacts")
			.forEachEntry((name, artifact) -> artifacts.put(name, new Artifact(Files.of(artifact))));
		return artifacts;
	}

	private static void known(String where, JsonNode node, Set<String> words) {
		node.propertyNames().stream().filter((word) -> !words.contains(word)).findFirst().ifPresent((word) -> {
			throw new ReleaseException("not known here: " + where + "/" + word);
		});
	}

	private static List<String> texts(JsonNode node) {
		List<String> texts = new ArrayList<>();
		node.forEach((item) -> texts.add(item.asString()));
		return texts;
	}

	/**
	 * A phase; CodeBuild goes on to post_build after a build that failed, unless told to
	 * abort.
	 */
	record Phase(String name, List<String> commands, List<String> last, boolean aborts) {
	}

	/**
	 * What is kept of a build.
	 */
	record Artifact(Files files) {
	}

	/**
	 * Patterns below a folder.
	 */
	record Files(String base, List<String> patterns) {

		static Files of(JsonNode node) {
			return new Files(node.path("base-directory").asString("."), texts(node.path("files")));
		}

	}

}
