package io.punctual.infrastructure.rights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scripts of {@code release/}, as far as they call AWS: themselves, by a function of
 * {@code lib.sh}, or by another script.
 */
final class Scripts {

	private static final Path RELEASE = Path.of("../release");

	private static final Pattern SCRIPT = Pattern.compile("release/([a-z]+)\\b(?![./-])");

	private static final Pattern CALL = Pattern.compile("\\baws ([a-z0-9-]+ [a-z0-9-]+)([^\\n]*)");

	/** What comes before a word that is a command. */
	private static final String COMMAND = "(?m)(?:^|[;&|({!]|\\b(?:if|then|else|do|each|while|case) )\\s*";

	/** What is called by other commands than that of AWS. */
	private static final Pattern OTHER = Pattern
		.compile("\\b(docker push|cosign sign|cosign attest|cosign verify|aws-cdk@|SmokeMain)");

	private final Map<String, String> functions = functions();

	/**
	 * The calls that commands end in, such as {@code ecr describe-images}.
	 * @param commands of a build or a step
	 */
	Set<String> calls(String commands) {
		Set<String> scripts = new TreeSet<>();
		Set<String> calls = new TreeSet<>();
		follow(commands, scripts, new TreeSet<>(), calls);
		return calls;
	}

	private void follow(String text, Set<String> scripts, Set<String> used, Set<String> calls) {
		Matcher call = CALL.matcher(text);
		while (call.find()) {
			calls.add(call.group(1) + copied(call));
		}
		Matcher other = OTHER.matcher(text);
		while (other.find()) {
			calls.add(other.group(1));
		}
		Matcher script = SCRIPT.matcher(text);
		while (script.find()) {
			Path file = RELEASE.resolve(script.group(1));
			if (Files.isRegularFile(file) && scripts.add(script.group(1))) {
				follow(code(file), scripts, used, calls);
			}
		}
		this.functions.forEach((name, body) -> {
			if (Pattern.compile(COMMAND + name + "(?![\\w=.-])").matcher(text).find() && used.add(name)) {
				follow(body, scripts, used, calls);
			}
		});
	}

	/** Whether {@code s3 cp} reads or writes, by what it copies from. */
	private static String copied(Matcher call) {
		if (!call.group(1).equals("s3 cp")) {
			return "";
		}
		String first = call.group(2).strip().split(" ")[0];
		return (first.equals("-") || !first.contains("$")) ? " to" : " from";
	}

	/** The functions of lib.sh by their names. */
	private static Map<String, String> functions() {
		Map<String, String> functions = new LinkedHashMap<>();
		Matcher function = Pattern.compile("^([a-z_]+)\\(\\) \\{(.*?)^}", Pattern.MULTILINE | Pattern.DOTALL)
			.matcher(code(RELEASE.resolve("lib.sh")));
		while (function.find()) {
			functions.put(function.group(1), function.group(2));
		}
		return functions;
	}

	/** A file of the repository's root. */
	static String read(String file) {
		return code(Path.of("..", file));
	}

	/** A file without its comments and last words, long lines joined. */
	private static String code(Path file) {
		try {
			return Files.readString(file)
				.replaceAll("(?m)^\\s*#.*$", "")
				.replace("\\\n", " ")
				.replaceAll("\\bdie \"[^\"]*\"", "die");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
