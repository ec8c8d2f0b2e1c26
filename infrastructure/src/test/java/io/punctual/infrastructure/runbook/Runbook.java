package io.punctual.infrastructure.runbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A page of docs/runbooks, in parts.
 */
record Runbook(String name, String text) {

	static final Path FOLDER = Path.of("../docs/runbooks");

	private static final Pattern SQL = Pattern.compile("(?m)^ *```sql\\n *-- schema: (\\w+)([^\\n]*)\\n(.*?)^ *```$",
			Pattern.DOTALL | Pattern.MULTILINE);

	/**
	 * A statement that the page tells to run.
	 */
	record Statement(String runbook, String schema, String sql) {
	}

	static List<Runbook> all() {
		try (var files = Files.list(FOLDER)) {
			List<Runbook> runbooks = new ArrayList<>();
			for (Path file : files.filter((path) -> !path.endsWith("README.md")).sorted().toList()) {
				runbooks.add(new Runbook(file.getFileName().toString().replace(".md", ""), Files.readString(file)));
			}
			return runbooks;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The names in backticks of the line that says what rings.
	 */
	List<String> signals() {
		String line = this.text.lines()
			.filter((candidate) -> candidate.startsWith("**Signal:**"))
			.findFirst()
			.orElseThrow(() -> new AssertionError(this.name + " does not say what rings"));
		return matches("`([^`]+)`", line);
	}

	List<String> headings() {
		return matches("(?m)^## (.+)$", this.text);
	}

	List<String> links() {
		return matches("\\]\\(([^)#:]+)[^)]*\\)", this.text);
	}

	/**
	 * Operations of the public API that are named, such as {@code GET /v1/clocks}.
	 */
	List<String> operations() {
		return matches("((?:GET|POST|PUT|PATCH|DELETE) /v1/[A-Za-z0-9{}/_.-]*[A-Za-z0-9}])", this.text);
	}

	List<Statement> statements() {
		return SQL.matcher(this.text)
			.results()
			.map((found) -> new Statement(this.name, found.group(1), found.group(3).strip()))
			.toList();
	}

	@Override
	public String toString() {
		return this.name;
	}

	private static List<String> matches(String pattern, String text) {
		return Pattern.compile(pattern).matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
	}

}
