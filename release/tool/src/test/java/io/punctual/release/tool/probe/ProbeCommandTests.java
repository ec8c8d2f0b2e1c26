package io.punctual.release.tool.probe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.punctual.release.tool.Documents;
import io.punctual.release.tool.Options;
import io.punctual.release.tool.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Questions, answers, and what is written down; the echo itself is what is asked.
 */
class ProbeCommandTests {

	private final Echo echo = new Echo(0);

	@TempDir
	private Path folder;

	@AfterEach
	void stop() {
		this.echo.close();
	}

	private boolean ask(String rows) throws InterruptedException {
		Path file = this.folder.resolve("probes.yaml");
		Documents.write(file, "rows:\n" + rows.indent(2));
		return new ProbeCommand()
			.run(Options.parse(List.of("--probes", file.toString(), "--address", "http://localhost:" + this.echo.port(),
					"--where", "a test", "--zone", "svc.test", "--key", "k-1", "--output", this.folder.toString())));
	}

	@Test
	void agreesWithWhatIsAssumed() throws InterruptedException {
		assertThat(ask("""
				- name: it arrives
				  request: {method: GET, path: "/echo/a%2Fb", headers: ["x-api-key: {key}"]}
				  expect: {status: 200, target: "/echo/a%2Fb", sent: {X-Api-Key: k-1, X-Other: null}}
				""")).isTrue();
		assertThat(Documents.text(this.folder.resolve("facts.md"))).contains("it arrives", "so it is");
	}

	@Test
	void failsAndSaysWhatIsOtherwise() throws InterruptedException {
		assertThat(ask("""
				- name: it is gone
				  marked: somewhere
				  request: {method: GET, path: "/echo/a"}
				  expect: {status: 410, target: /echo/b}
				""")).isFalse();
		JsonNode fact = Documents.json(this.folder.resolve("facts.json")).at("/facts/0");
		assertThat(fact.path("asAssumed").asBoolean()).isFalse();
		assertThat(fact.path("differences").valueStream().map(JsonNode::asString))
			.containsExactly("status is 200, not 410", "target is /echo/a, not /echo/b");
		assertThat(Documents.text(this.folder.resolve("facts.md"))).contains("somewhere", "**otherwise**");
	}

	@Test
	void asksSeveralTimesAndTakesTheLastAnswer() throws InterruptedException {
		assertThat(ask("""
				- name: it goes on
				  request: {method: GET, path: "/echo/gone-{run}"}
				  times: 3
				  expect: {status: 410, number: 3}
				""")).isTrue();
	}

	@Test
	void recordsThatNothingWasAnswered() throws InterruptedException {
		this.echo.close();
		assertThat(ask("""
				- name: nobody
				  request: {method: GET, path: /a}
				  expect: {status: 200}
				""")).isFalse();
		assertThat(Documents.json(this.folder.resolve("facts.json")).at("/facts/0/status").asInt()).isZero();
	}

	@Test
	void replaysWhatItRecorded() throws InterruptedException {
		ask("""
				- name: otherwise than assumed
				  request: {method: GET, path: "/echo/gone-1"}
				  expect: {status: 200}
				""");
		JsonNode row = Documents.yaml(this.folder.resolve("recorded.yaml")).at("/rows/0");
		assertThat(row.path("source").asString()).startsWith("recorded from a test");
		assertThat(row.at("/answer/status").asInt()).isEqualTo(410);
		Path recorded = this.folder.resolve("recorded.yaml");
		assertThat(new ProbeCommand().run(Options.parse(List.of("--probes", recorded.toString(), "--address",
				"http://localhost:" + this.echo.port(), "--where", "a replay", "--zone", "svc.test", "--key", "k-1",
				"--output", this.folder.resolve("again").toString()))))
			.isTrue();
	}

	@Test
	void makesALongHeader() {
		try (Asker asker = new Asker("http://localhost", java.util.Map.of())) {
			assertThat(asker.filled("{11000}")).hasSize(11_000);
		}
	}

	@Test
	void askOnlyWhatTheDocumentOffersAndSayWhereItIsAssumed() {
		JsonNode paths = Documents.yaml(Repository.file("release/probes/document.yaml")).path("paths");
		List<String> known = new ArrayList<>();
		paths.propertyNames().forEach((path) -> known.add(path.split("\\{")[0]));
		List<Probe> probes = Probe.read(Repository.file("release/probes/probes.yaml"));
		assertThat(probes).hasSizeGreaterThan(10).allSatisfy((probe) -> {
			assertThat(known).anyMatch((path) -> probe.path().startsWith(path));
			assertThat(probe.marked()).isNotBlank();
		});
		assertThat(probes.stream().map(Probe::name)).doesNotHaveDuplicates();
	}

	@Test
	void askAboutEachThingThatTheEdgesReadmeCallsUnverified() throws java.io.IOException {
		String readme = Files.readString(Repository.file("local/edge/README.md")).replaceAll("\\s+", " ");
		List<String> marked = Probe.read(Repository.file("release/probes/probes.yaml"))
			.stream()
			.map(Probe::marked)
			.toList();
		for (String phrase : List.of("the texts for a quota's end", "a forbidden cache refresh",
				"413 for headers over 10,240 bytes", "that only 200 is cached", "encoded slashes in path parameters")) {
			assertThat(readme).contains(phrase);
			assertThat(marked).anyMatch((mark) -> mark.contains(phrase));
		}
	}

}
