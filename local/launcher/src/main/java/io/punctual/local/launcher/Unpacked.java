package io.punctual.local.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A part's jar, taken apart once after each build: it starts in a fraction of the time,
 * and a cache of its classes can be made. Boot's own tool does the same, at the price of
 * a process for each part.
 *
 * @param jar the jar whose manifest names the libraries beside it
 * @param mainClass the part's own main class
 * @param cache where the cache of its classes is, or will be
 */
record Unpacked(Path jar, String mainClass, Path cache) {

	private static final String CLASSES = "BOOT-INF/classes/";

	private static final String LIBRARIES = "BOOT-INF/lib/";

	static Unpacked of(Part part, Path built) throws IOException {
		Path folder = built.resolve(part.name());
		Path jar = folder.resolve(part.name() + ".jar");
		FileTime time = Files.getLastModifiedTime(part.jar());
		if (!Files.exists(jar) || Files.getLastModifiedTime(jar).compareTo(time) != 0) {
			StateFolder.deleteTree(folder);
			Files.createDirectories(folder.resolve("lib"));
			try (JarFile packed = new JarFile(part.jar().toFile())) {
				unpack(packed, folder, jar);
			}
			// Last, so that what was interrupted is begun anew.
			Files.setLastModifiedTime(jar, time);
		}
		try (JarFile file = new JarFile(jar.toFile())) {
			String mainClass = file.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
			return new Unpacked(jar, mainClass, folder.resolve("classes.aot"));
		}
	}

	private static void unpack(JarFile packed, Path folder, Path jar) throws IOException {
		List<JarEntry> classes = new ArrayList<>();
		List<String> libraries = new ArrayList<>();
		for (Enumeration<JarEntry> entries = packed.entries(); entries.hasMoreElements();) {
			JarEntry entry = entries.nextElement();
			if (entry.getName().equals(LIBRARIES) || entry.getName().equals(CLASSES)) {
				continue;
			}
			if (entry.getName().startsWith(LIBRARIES)) {
				String name = "lib/" + entry.getName().substring(LIBRARIES.length());
				try (InputStream in = packed.getInputStream(entry)) {
					Files.copy(in, folder.resolve(name));
				}
				libraries.add(name);
			}
			else if (entry.getName().startsWith(CLASSES)) {
				// Folders too: Spring finds components through them.
				classes.add(entry);
			}
		}
		String mainClass = packed.getManifest().getMainAttributes().getValue("Start-Class");
		try (OutputStream file = Files.newOutputStream(jar);
				JarOutputStream out = new JarOutputStream(file, manifest(mainClass, libraries))) {
			for (JarEntry entry : classes) {
				out.putNextEntry(new JarEntry(entry.getName().substring(CLASSES.length())));
				try (InputStream in = packed.getInputStream(entry)) {
					in.transferTo(out);
				}
				out.closeEntry();
			}
		}
	}

	private static Manifest manifest(String mainClass, List<String> libraries) {
		Manifest manifest = new Manifest();
		Attributes attributes = manifest.getMainAttributes();
		attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
		attributes.put(Attributes.Name.MAIN_CLASS, mainClass);
		attributes.put(Attributes.Name.CLASS_PATH, String.join(" ", libraries));
		return manifest;
	}

}
