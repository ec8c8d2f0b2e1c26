package io.punctual.local.images;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Builds an image a second time, of a copy of the sources in another folder, and compares
 * its layers with those of the first.
 */
@Tag("docker")
class ReproducibleTests {

	private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

	private static final Set<String> LEFT_OUT = Set.of("target", ".git", ".punctual", ".idea", "node_modules",
			"cdk.out");

	@Test
	void allLayersButTheClassCacheAreTheSameWhenBuiltAgain(@TempDir Path folder) throws IOException {
		copyTo(folder);
		List<String> command = new ArrayList<>(List.of("env",
				"JAVA_HOME=" + System.getProperty("punctual.maven.java-home"), folder.resolve("mvnw").toString(), "-q",
				"-Pimages", "-Dpunctual.image.aot=false", "-Dpunctual.image.goal=buildTar", "-Dmaven.test.skip=true",
				"-Dpunctual.image.tag=second", "-pl", "services/sla", "-am", "package"));
		String base = System.getProperty("jib.from.image", "");
		if (!base.isEmpty()) {
			command.add("-Djib.from.image=" + base);
		}
		Docker.Result build = Docker.run(folder, command);
		assertThat(build.status()).as(build.output()).isZero();
		String tar = folder.resolve("services/sla/target/jib-image.tar").toString();
		List<String> second = diffIds(Docker.run(folder, List.of("tar", "-xOf", tar, "config.json")).output());
		List<String> first = diffIds("{\"rootfs\":{\"diff_ids\":"
				+ Docker.docker("image", "inspect", ImagesTests.image("sla"), "--format", "{{json .RootFS.Layers}}")
				+ "}}");
		assertThat(second).hasSizeGreaterThanOrEqualTo(5);
		assertThat(first).containsAll(second).hasSize(second.size() + 1);
	}

	private static List<String> diffIds(String config) {
		return new JsonMapper().readTree(config)
			.path("rootfs")
			.path("diff_ids")
			.valueStream()
			.map(JsonNode::asString)
			.toList();
	}

	private static void copyTo(Path folder) throws IOException {
		Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
				if (LEFT_OUT.contains(String.valueOf(path.getFileName())) && !path.toString().contains("/src/")) {
					return FileVisitResult.SKIP_SUBTREE;
				}
				Files.createDirectories(folder.resolve(ROOT.relativize(path).toString()));
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				if (attributes.isRegularFile() && !file.getFileName().toString().equals(".git")) {
					Path copy = folder.resolve(ROOT.relativize(file).toString());
					Files.copy(file, copy);
					copy.toFile().setExecutable(Files.isExecutable(file));
				}
				return FileVisitResult.CONTINUE;
			}
		});
	}

}
