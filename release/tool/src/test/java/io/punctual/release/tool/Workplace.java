package io.punctual.release.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A folder in which scripts of the release run as they are in the repository, with
 * commands in {@code bin} that stand in for what a machine or an account has. Those write
 * down in {@code calls} how they were called.
 */
public final class Workplace {

	private final Path folder;

	private final Map<String, String> variables = new LinkedHashMap<>();

	private String path;

	/**
	 * Makes the scripts' part of a folder.
	 * @param folder the folder
	 * @param scripts names of files in {@code release}
	 */
	public Workplace(Path folder, String... scripts) throws IOException {
		this.folder = folder;
		for (String script : scripts) {
			Path copy = file("release/" + script);
			Files.createDirectories(copy.getParent());
			Files.copy(Repository.file("release/" + script), copy);
		}
		this.path = folder.resolve("bin") + ":" + System.getenv("PATH");
	}

	/** What a script said, and with which status it ended. */
	public record Run(int status, String said) {
	}

	public Path file(String name) {
		return this.folder.resolve(name);
	}

	public void write(String name, String text) throws IOException {
		Files.createDirectories(file(name).getParent());
		Files.writeString(file(name), text);
	}

	/**
	 * A command of the test's own.
	 * @param name such as {@code bin/aws}
	 * @param script for bash
	 */
	public void command(String name, String script) throws IOException {
		write(name, "#!/usr/bin/env bash\n" + script);
		assertThat(file(name).toFile().setExecutable(true)).isTrue();
	}

	/** A JDK 25 whose {@code java} is the test's own. */
	public void jdk(String script) throws IOException {
		write("jdk/release", "JAVA_VERSION=\"25.0.1\"\n");
		command("jdk/bin/java", script);
		set("JAVA_HOME", file("jdk").toString());
	}

	/**
	 * AWS as the rehearsal has it: it keeps what it is told in the folder {@code aws}.
	 */
	public void standsInForAws() {
		this.path = file("bin") + ":" + Repository.file("release/stand-in") + ":" + System.getenv("PATH");
		set("STAND_IN", file("aws").toString());
	}

	public void set(String variable, String value) {
		this.variables.put(variable, value);
	}

	/** Only what the test makes, and the machine's plainest commands. */
	public void bare() {
		this.path = file("bin") + ":/usr/bin:/bin";
	}

	public Run run(String... command) throws Exception {
		ProcessBuilder process = new ProcessBuilder(command).directory(this.folder.toFile()).redirectErrorStream(true);
		process.environment()
			.keySet()
			.removeIf((name) -> name.startsWith("CODEBUILD_") || name.startsWith("PUNCTUAL_"));
		process.environment().put("PATH", this.path);
		process.environment().putAll(this.variables);
		Process started = process.start();
		String said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Run(started.waitFor(), said);
	}

	public List<String> calls() throws IOException {
		return Files.readAllLines(file("calls"));
	}

}
