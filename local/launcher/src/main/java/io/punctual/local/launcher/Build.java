package io.punctual.local.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Builds the modules whose sources are newer than their jars. It runs from its source
 * file, before anything is compiled, and so uses nothing but the JDK.
 */
final class Build {

	private static final List<String> MODULES = List.of("local/database", "local/launcher", "local/identity",
			"local/edge", "services/clients", "services/notices", "services/delivery", "services/sla");

	private Build() {
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		// In containers, everything but the launcher comes from the images.
		List<String> needed = List.of(args).contains("--compose") ? MODULES.subList(0, 2) : MODULES;
		List<String> stale = needed.stream().filter(Build::isStale).toList();
		if (stale.isEmpty()) {
			return;
		}
		Instant start = Instant.now();
		System.out.println("Building " + String.join(", ", stale) + " (the first time also downloads what it needs) …");
		int status = maven(stale);
		if (status != 0) {
			System.err.println("The build failed; what it said is above. Without tests it was: ./mvnw package");
			System.exit(status);
		}
		stale.forEach(Build::touch);
		System.out.println("Built in " + Duration.between(start, Instant.now()).toSeconds() + " s.");
	}

	private static int maven(List<String> modules) throws IOException, InterruptedException {
		boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
		List<String> command = new ArrayList<>();
		command.add(new File(windows ? "mvnw.cmd" : "mvnw").getAbsolutePath());
		command.addAll(List.of("-q", "-T2", "package", "-DskipTests", "-Dmaven.test.skip=true",
				"-Dspring-javaformat.skip=true", "-am", "-pl", String.join(",", modules)));
		ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		return builder.start().waitFor();
	}

	private static boolean isStale(String module) {
		Path jar = jar(module);
		try {
			if (!Files.exists(jar)) {
				return true;
			}
			FileTime built = Files.getLastModifiedTime(jar);
			return newest(Path.of(module)).compareTo(built) > 0 || isNewer(Path.of("pom.xml"), built)
					|| (module.startsWith("services/") && newest(Path.of("services/shared")).compareTo(built) > 0)
					|| (module.equals("local/launcher") && newest(Path.of("local/database")).compareTo(built) > 0);
		}
		catch (IOException ex) {
			return true;
		}
	}

	private static boolean isNewer(Path file, FileTime than) throws IOException {
		return Files.getLastModifiedTime(file).compareTo(than) > 0;
	}

	/**
	 * A jar that Maven found to be up to date keeps its old time; without this it would
	 * look stale for ever.
	 */
	private static void touch(String module) {
		try {
			Files.setLastModifiedTime(jar(module), FileTime.from(Instant.now()));
		}
		catch (IOException ex) {
			System.err.println("The time of " + jar(module) + " could not be set: " + ex.getMessage());
		}
	}

	private static Path jar(String module) {
		String name = module.substring(module.indexOf('/') + 1);
		boolean plain = name.equals("database") || name.equals("launcher");
		return Path.of(module, "target", name + "-1.0.0-SNAPSHOT" + (plain ? "" : "-app") + ".jar");
	}

	private static FileTime newest(Path module) throws IOException {
		FileTime[] newest = { Files.getLastModifiedTime(module.resolve("pom.xml")) };
		Path main = module.resolve("src").resolve("main");
		if (Files.exists(main)) {
			Files.walkFileTree(main, new SimpleFileVisitor<>() {
				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
					if (attributes.lastModifiedTime().compareTo(newest[0]) > 0) {
						newest[0] = attributes.lastModifiedTime();
					}
					return FileVisitResult.CONTINUE;
				}
			});
		}
		return newest[0];
	}

}
