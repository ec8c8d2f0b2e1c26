package io.punctual.release.tool.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.punctual.release.tool.Documents;
import io.punctual.release.tool.Options;
import io.punctual.release.tool.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What only an account can settle, and how it is.
 */
class PointsCommandTests {

	private static final Path PACK = Repository.file("release/probes/account.yaml");

	@TempDir
	Path folder;

	@Test
	void everyPointThatIsMarkedInTheDocumentsIsAsked() {
		List<String> asked = Point.read(PACK).stream().map(Point::name).toList();
		List<String> marked = new ArrayList<>(
				rows("infrastructure/README.md", "## Not proven without an account", "|---|"));
		marked.addAll(rows("docs/release.md", "## Second by second", "unverified"));
		assertThat(marked).hasSizeGreaterThan(12);
		assertThat(asked).as("release/probes/account.yaml").containsAll(marked).doesNotHaveDuplicates();
	}

	@Test
	void everyQuestionIsOneThatBashUnderstands() throws Exception {
		for (Point point : Point.read(PACK)) {
			Process check = new ProcessBuilder("bash", "-n", "-c", point.ask()).redirectErrorStream(true).start();
			assertThat(check.waitFor()).as(point.ask()).isZero();
			assertThat(point.ask()).contains("aws ");
			assertThat(point.marked()).satisfies((file) -> assertThat(Repository.file(file)).exists());
		}
	}

	/** A filter that matches nothing says for ever that nothing has happened. */
	@Test
	void everyMessageThatIsLookedForInALogIsWrittenBySomebody() throws IOException {
		StringBuilder written = new StringBuilder();
		for (String folder : List.of("release", "services")) {
			try (var files = Files.walk(Repository.file(folder))) {
				for (Path file : files.filter(PointsCommandTests::writes).toList()) {
					written.append(Files.readString(file));
				}
			}
		}
		List<String> messages = Point.read(PACK)
			.stream()
			.flatMap((point) -> Pattern.compile("--filter-pattern '\"([^\"]+)\"'").matcher(point.ask()).results())
			.map((found) -> found.group(1))
			.toList();
		assertThat(messages).hasSizeGreaterThan(4)
			.allSatisfy((message) -> assertThat(written).as(message).contains(message));
	}

	private static boolean writes(Path file) {
		String name = Repository.ROOT.relativize(file).toString();
		return Files.isRegularFile(file)
				&& (name.matches("release/[a-z]+") || name.matches("services/[a-z-]+/src/main/java/.+\\.java"));
	}

	@Test
	void answersAreWrittenDownAndOneThatIsOtherwiseFailsAfterAllWereAsked() throws Exception {
		assertThat(run("good", "echo pl-1", "pl-1")).isTrue();
		assertThat(run("good", "echo pl-2", "pl-1")).isFalse();
		assertThat(run("good", "echo pl-1; false", "pl-1")).isFalse();
		JsonNode facts = Documents.json(this.folder.resolve("account.json")).path("facts");
		assertThat(facts).hasSize(2);
		assertThat(facts.at("/0/asAssumed").asBoolean()).isFalse();
		assertThat(facts.at("/1/said").asString()).isEqualTo("a\nb");
		assertThat(Documents.text(this.folder.resolve("account.md"))).contains("| good | a.md | pl-1 | **otherwise** |",
				"| last | a.md | a b | so it is |");
	}

	private boolean run(String name, String ask, String expect) throws InterruptedException {
		Path points = this.folder.resolve("points.yaml");
		Documents.write(points, """
				points:
				  - {point: %s, marked: a.md, ask: "%s", expect: "%s"}
				  - {point: last, marked: a.md, ask: "printf 'a\\\\nb\\\\n'", expect: "(?s)a.b"}
				""".formatted(name, ask, expect));
		return new PointsCommand().run(Options
			.parse(List.of("--points", points.toString(), "--where", "a test", "--output", this.folder.toString())));
	}

	/** The first cells of a section's rows; those that say a word, if one is given. */
	private static List<String> rows(String file, String section, String word) {
		String text = Documents.text(Repository.file(file));
		String part = text.substring(text.indexOf(section) + section.length());
		int end = part.indexOf("\n## ");
		boolean all = word.equals("|---|");
		return (end < 0 ? part : part.substring(0, end)).lines()
			.filter((line) -> line.startsWith("| ") && (all || line.contains(word)))
			.map((line) -> line.substring(2, line.indexOf(" |", 2)))
			.filter((cell) -> !cell.equals("assumption"))
			.toList();
	}

}
