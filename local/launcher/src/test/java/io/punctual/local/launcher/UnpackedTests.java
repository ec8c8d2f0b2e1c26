package io.punctual.local.launcher;

import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class UnpackedTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path folder;

	@Test
	void keepsFoldersSinceSpringFindsComponentsThroughThem() throws Exception {
		Part part = new Part("some", this.folder, 1, 16, List.of(), Map.of(), URI.create("http://localhost:1/"));
		Files.createDirectories(part.jar().getParent());
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(new Attributes.Name("Start-Class"), "some.Main");
		try (OutputStream file = Files.newOutputStream(part.jar());
				JarOutputStream out = new JarOutputStream(file, manifest)) {
			for (String name : List.of("BOOT-INF/", "BOOT-INF/classes/", "BOOT-INF/classes/some/",
					"BOOT-INF/classes/some/Main.class", "BOOT-INF/lib/", "BOOT-INF/lib/a.jar")) {
				out.putNextEntry(new JarEntry(name));
				out.closeEntry();
			}
		}
		Unpacked unpacked = Unpacked.of(part, this.folder.resolve("built"));
		assertThat(unpacked.mainClass()).isEqualTo("some.Main");
		assertThat(unpacked.jar().resolveSibling("lib").resolve("a.jar")).exists();
		try (JarFile jar = new JarFile(unpacked.jar().toFile())) {
			assertThat(jar.getEntry("some/")).isNotNull();
			assertThat(jar.getEntry("some/Main.class")).isNotNull();
			assertThat(jar.getManifest().getMainAttributes().getValue("Class-Path")).isEqualTo("lib/a.jar");
		}
	}

}
