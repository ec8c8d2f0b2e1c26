package io.punctual.release.tool.provenance;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.release.tool.Command;
import io.punctual.release.tool.Documents;
import io.punctual.release.tool.Options;

/**
 * Writes the predicate of an image's SLSA provenance (v1): which commit, built by which
 * project, in which build. See https://slsa.dev/spec/v1.0/provenance.
 */
public final class ProvenanceCommand implements Command {

	private final Map<String, String> variables;

	public ProvenanceCommand() {
		this(System.getenv());
	}

	ProvenanceCommand(Map<String, String> variables) {
		this.variables = variables;
	}

	@Override
	public boolean run(Options options) {
		String commit = options.need("commit");
		String repository = this.variables.getOrDefault("CODEBUILD_SOURCE_REPO_URL", "unknown");
		Map<String, Object> definition = new LinkedHashMap<>();
		definition.put("buildType", "https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html");
		definition.put("externalParameters", Map.of("buildspec", "buildspec.yml", "repository", repository, "profile",
				this.variables.getOrDefault("PUNCTUAL_PROFILE", "full")));
		definition.put("internalParameters",
				Map.of("image", this.variables.getOrDefault("CODEBUILD_BUILD_IMAGE", "unknown")));
		definition.put("resolvedDependencies",
				List.of(Map.of("uri", "git+" + repository, "digest", Map.of("gitCommit", commit))));
		Map<String, Object> details = Map.of("builder", Map.of("id", builder()), "byproducts",
				List.of(Map.of("name", "sbom.cdx.json", "digest", Map.of("sha256", sha256(options.path("sbom"))))),
				"metadata", Map.of("invocationId", this.variables.getOrDefault("CODEBUILD_BUILD_ARN", "unknown"),
						"startedOn", startedOn()));
		Map<String, Object> predicate = new LinkedHashMap<>();
		predicate.put("buildDefinition", definition);
		predicate.put("runDetails", details);
		Documents.write(options.path("output"), Documents.JSON.writeValueAsString(predicate) + "\n");
		return true;
	}

	private static String sha256(Path file) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256")
					.digest(Documents.text(file).getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The project, which is the build's ARN without the number of the build.
	 */
	private String builder() {
		String build = this.variables.getOrDefault("CODEBUILD_BUILD_ARN", "unknown");
		int project = build.indexOf(":build/");
		if (project < 0) {
			return build;
		}
		int number = build.indexOf(':', project + 1);
		return (number < 0) ? build : build.substring(0, number);
	}

	private String startedOn() {
		String millis = this.variables.getOrDefault("CODEBUILD_START_TIME", "");
		return millis.matches("\\d+") ? Instant.ofEpochMilli(Long.parseLong(millis)).toString()
				: "1970-01-01T00:00:00Z";
	}

}
