package io.punctual.infrastructure.runbook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Alarms and runbooks have each other, and runbooks speak of what exists.
 */
@NeedsNode
class RunbookTests {

	private static final Pattern LINK = Pattern.compile("Runbook: docs/runbooks/([a-z-]+)\\.md$");

	private static final Map<String, String> NAMES = Map.of("AWS::CloudWatch::Alarm", "AlarmName",
			"AWS::CloudWatch::CompositeAlarm", "AlarmName", "AWS::Events::Rule", "Name", "AWS::RDS::EventSubscription",
			"SubscriptionName", "AWS::CE::AnomalyMonitor", "MonitorName", "AWS::Budgets::Budget", "Budget/BudgetName");

	private static List<Resource> resources() {
		return Synthesised.production()
			.stacks()
			.values()
			.stream()
			.flatMap((stack) -> stack.resources().stream())
			.toList();
	}

	/**
	 * Of each alarm of ours, the runbook that its description links.
	 */
	private static Map<String, String> linked() {
		Map<String, String> linked = new TreeMap<>();
		for (Resource resource : resources()) {
			String name = resource.text("AlarmName");
			if (resource.type().startsWith("AWS::CloudWatch::") && name.startsWith("punctual-")) {
				var link = LINK.matcher(resource.text("AlarmDescription"));
				assertThat(link.find()).as("%s links its runbook: %s", name, resource.text("AlarmDescription"))
					.isTrue();
				linked.put(name, link.group(1));
			}
		}
		return linked;
	}

	@Test
	void eachAlarmLinksARunbookThatExists() {
		assertThat(linked()).hasSizeGreaterThan(50)
			.allSatisfy((alarm, runbook) -> assertThat(Runbook.FOLDER.resolve(runbook + ".md")).as(alarm).exists());
	}

	@Test
	void eachSignalOfARunbookExists() {
		Set<String> signals = new HashSet<>();
		resources().forEach((resource) -> {
			String property = NAMES.get(resource.type());
			if (property != null) {
				signals.add(resource.text(property));
			}
		});
		assertThat(Runbook.all())
			.allSatisfy((runbook) -> assertThat(signals).as(runbook.name()).containsAll(runbook.signals()));
	}

	@Test
	void everyAlarmThatIsHeardIsTheSignalOfItsRunbook() {
		Map<String, Runbook> runbooks = new TreeMap<>();
		Runbook.all().forEach((runbook) -> runbooks.put(runbook.name(), runbook));
		Map<String, String> linked = linked();
		for (Resource resource : resources()) {
			String name = resource.text("AlarmName");
			if (linked.containsKey(name) && !resource.at("AlarmActions").isMissingNode()) {
				Runbook runbook = runbooks.get(linked.get(name));
				assertThat(runbook).as(name).isNotNull();
				if (runbook != null) {
					assertThat(runbook.signals()).contains(name);
				}
			}
		}
	}

	@Test
	void eachRunbookHasItsFivePartsAndIsListed() throws IOException {
		String index = Files.readString(Runbook.FOLDER.resolve("README.md"));
		assertThat(Runbook.all()).allSatisfy((runbook) -> {
			assertThat(runbook.headings()).as(runbook.name())
				.containsExactly("Meaning", "Impact", "Diagnosis", "Mitigation", "Who to tell");
			assertThat(index).contains("](" + runbook.name() + ".md)");
		});
	}

	@Test
	void linksLeadSomewhere() {
		assertThat(Runbook.all()).allSatisfy((runbook) -> assertThat(runbook.links()).as(runbook.name())
			.allSatisfy((link) -> assertThat(Runbook.FOLDER.resolve(link)).exists()));
	}

	@Test
	void operationsAreOfTheApi() throws IOException {
		Set<String> operations = new TreeSet<>();
		Map<String, Map<String, Map<String, Object>>> document = new Yaml()
			.load(Files.readString(Path.of("../gateway-config/openapi.yaml")));
		document.getOrDefault("paths", Map.of())
			.forEach((path, methods) -> methods.keySet()
				.forEach((method) -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path)));
		assertThat(Runbook.all())
			.allSatisfy((runbook) -> assertThat(operations).as(runbook.name()).containsAll(runbook.operations()));
	}

	@Test
	void scriptsOfTheReleaseExist() {
		Pattern script = Pattern.compile("`(release/[a-z]+)");
		assertThat(Runbook.all())
			.allSatisfy((runbook) -> assertThat(script.matcher(runbook.text()).results().map((found) -> found.group(1)))
				.as(runbook.name())
				.allSatisfy((path) -> assertThat(Path.of("..", path)).exists()));
	}

}
