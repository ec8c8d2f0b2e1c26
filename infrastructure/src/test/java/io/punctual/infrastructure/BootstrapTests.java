package io.punctual.infrastructure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Repository;
import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page that leads from empty accounts to the running system speaks of the stacks as
 * they are, in an order in which they can be made.
 */
@NeedsNode
class BootstrapTests {

	private final String page = read();

	private final Map<String, Set<String>> needs = needs();

	private static String read() {
		try {
			return Files.readString(Path.of("../docs/bootstrap.md"));
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	/**
	 * Of each of staging's stacks, those that must be there before.
	 */
	private static Map<String, Set<String>> needs() {
		JsonNode artifacts = JsonMapper.shared()
			.readTree(Synthesised.staging().assembly().resolve("manifest.json").toFile())
			.path("artifacts");
		Map<String, String> names = new LinkedHashMap<>();
		artifacts.properties().forEach((entry) -> {
			if (entry.getValue().path("type").asString("").equals("aws:cloudformation:stack")) {
				names.put(entry.getKey(), entry.getValue().at("/properties/stackName").asString());
			}
		});
		Map<String, Set<String>> needs = new LinkedHashMap<>();
		names.forEach((id, name) -> {
			Set<String> before = new TreeSet<>();
			artifacts.path(id).path("dependencies").forEach((one) -> {
				if (names.containsKey(one.asString())) {
					before.add(names.get(one.asString()));
				}
			});
			needs.put(name, before);
		});
		return needs;
	}

	private Set<String> withWhatTheyNeed(Set<String> stacks) {
		Set<String> all = new TreeSet<>(stacks);
		stacks.forEach((stack) -> all.addAll(withWhatTheyNeed(this.needs.getOrDefault(stack, Set.of()))));
		return all;
	}

	/**
	 * The stacks of each command that deploys, in the page's order.
	 */
	private List<Set<String>> deployed() {
		return Pattern.compile("(?m)^npx aws-cdk@\\S+ deploy (.+)$")
			.matcher(this.page)
			.results()
			.map((command) -> Arrays.stream(command.group(1).split(" "))
				.filter((word) -> word.startsWith("staging/"))
				.map((stack) -> stack.replace("staging/", ""))
				.collect(Collectors.toSet()))
			.toList();
	}

	private Set<String> named(String pattern) {
		var list = Pattern.compile(pattern, Pattern.DOTALL).matcher(this.page);
		assertThat(list.find()).as(pattern).isTrue();
		return new TreeSet<>(Pattern.compile("`([A-Za-z]+)`")
			.matcher(list.group(1))
			.results()
			.map((name) -> name.group(1))
			.toList());
	}

	@Test
	void commandOfTheCdkIsThePipelines() {
		String pipelines = Pattern.compile("\"PUNCTUAL_CDK_CLI\",\"Type\":\"PLAINTEXT\",\"Value\":\"([^\"]+)\"")
			.matcher(Synthesised.production().stack("Pipeline").json().toString())
			.results()
			.map((found) -> found.group(1))
			.findFirst()
			.orElseThrow();
		assertThat(Pattern.compile("aws-cdk@([\\d.]+)").matcher(this.page).results().map((found) -> found.group(1)))
			.hasSizeGreaterThan(4)
			.containsOnly(pipelines);
	}

	@Test
	void whatIsMadeByHandAndByTheFirstRunIsEverything() throws IOException {
		List<Set<String>> deployed = deployed();
		assertThat(deployed).hasSize(4);
		assertThat(deployed.get(0)).as("in the log account, for itself")
			.containsExactlyInAnyOrder("AuditLog-staging", "Vault-staging");
		assertThat(withWhatTheyNeed(deployed.get(1))).containsExactly("Domain");
		Set<String> byHand = withWhatTheyNeed(deployed.get(2));
		Set<String> pulledIn = new TreeSet<>(byHand);
		pulledIn.removeAll(deployed.get(2));
		pulledIn.remove("Domain");
		// A new pipeline starts at once: what it deploys must not be in the making.
		assertThat(deployed.get(3)).containsExactly("Pipeline");
		assertThat(byHand).containsAll(this.needs.get("Pipeline")).doesNotContain("Pipeline");
		byHand.add("Pipeline");
		assertThat(named("deploys what these need, too: (.*?)\\. The database")).isEqualTo(pulledIn);
		Set<String> rest = new TreeSet<>(this.needs.keySet());
		rest.removeAll(deployed.get(0));
		rest.removeAll(byHand);
		Set<String> later = new TreeSet<>();
		Pattern.compile("later\\+?=\\(([A-Za-z ]+)\\)")
			.matcher(Files.readString(Repository.file("release/foundation")))
			.results()
			.forEach((found) -> later.addAll(List.of(found.group(1).split(" "))));
		rest.removeAll(later);
		assertThat(named("Foundation makes (.*?);")).isEqualTo(rest);
	}

	@Test
	void quotasAreThoseThatAreNeeded() {
		assertThat(this.page).contains("Staging %d, production %d.".formatted(processors(Environment.staging()),
				processors(Environment.production())));
		int kept = all("AWS::Lambda::Function").stream()
			.mapToInt((function) -> function.at("ReservedConcurrentExecutions").asInt(0))
			.sum();
		assertThat(kept).isEqualTo(11);
		assertThat(this.page).contains("functions keep eleven for themselves");
	}

	/**
	 * CodeBuild has one machine of each kind for an account that has not asked for more.
	 */
	@Test
	void machinesAreAskedForOfEachKindThatBuilds() {
		Set<String> kinds = new TreeSet<>();
		for (Resource project : all("AWS::CodeBuild::Project")) {
			String size = project.text("Environment/ComputeType").replace("BUILD_GENERAL1_", "");
			kinds.add((project.text("Environment/Type").startsWith("ARM") ? "ARM/" : "Linux/") + size.charAt(0)
					+ size.substring(1).toLowerCase(java.util.Locale.ROOT));
		}
		assertThat(this.page).contains("for kind in %s; do".formatted(String.join(" ", kinds)));
	}

	/**
	 * Of blue and of green at their most.
	 */
	private static int processors(Environment environment) {
		return (int) Math.ceil(Arrays.stream(Service.values())
			.map((service) -> environment.fleet().of(service))
			.mapToDouble((tasks) -> 2 * tasks.most() * tasks.cpu() / 1024.0)
			.sum());
	}

	@Test
	void operatorsConfirmAsManyMailsAsThereAreSubscriptions() {
		assertThat(all("AWS::SNS::Subscription").stream()
			.filter((subscription) -> subscription.text("Protocol").equals("email"))).hasSize(4);
		assertThat(this.page).contains("four in all");
	}

	@Test
	void whatTheProbeIsToldCanBeFound() {
		String descriptions = all("AWS::EC2::SecurityGroup").stream()
			.map((group) -> group.text("GroupDescription"))
			.collect(Collectors.joining("\n"));
		List<String> asked = Pattern.compile("group '([^']+)'")
			.matcher(this.page)
			.results()
			.map((group) -> group.group(1))
			.toList();
		assertThat(asked).hasSize(2).allSatisfy((group) -> assertThat(descriptions.lines()).containsOnlyOnce(group));
		assertThat(all("AWS::ElasticLoadBalancingV2::LoadBalancer").getFirst().text("Name")).isEqualTo("punctual");
		assertThat(all("AWS::ApiGatewayV2::VpcLink").getFirst().text("Name")).isEqualTo("punctual");
		assertThat(all("AWS::CertificateManager::Certificate"))
			.anySatisfy((certificate) -> assertThat(certificate.text("DomainName")).startsWith("*.svc."));
	}

	private static List<Resource> all(String type) {
		return Synthesised.production().all(type);
	}

}
