package io.punctual.infrastructure;

import java.nio.file.Files;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Place;
import io.punctual.infrastructure.settings.Platform;
import io.punctual.infrastructure.settings.Profile;
import io.punctual.infrastructure.settings.Repository;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What environments differ by.
 */
@NeedsNode
class EnvironmentsTests {

	@Test
	void haveTheSameKindsOfResources() {
		assertThat(kinds(Synthesised.staging())).isEqualTo(kinds(Synthesised.production()));
	}

	@Test
	void runOnAnotherPlatformByOneWordOfTheRecord() {
		Template traffic = Synthesised.of(Environment.staging().on(Platform.WINDOWS)).stack("Traffic");
		assertThat(traffic.all("AWS::ECS::TaskDefinition")).hasSize(4).allSatisfy((task) -> {
			assertThat(task.text("RuntimePlatform/OperatingSystemFamily")).startsWith("WINDOWS");
			assertThat(task.at("ContainerDefinitions/0/LinuxParameters").isMissingNode()).isTrue();
			assertThat(Integer.parseInt(task.text("Cpu"))).isGreaterThanOrEqualTo(1024);
			assertThat(Integer.parseInt(task.text("Memory"))).isGreaterThanOrEqualTo(2048);
		});
		assertThat(traffic.all("AWS::ECS::Service"))
			.allSatisfy((service) -> assertThat(service.text("PlatformVersion")).isEqualTo("1.0.0"));
	}

	/**
	 * What somebody enters as the first thing must be all that there is to enter.
	 */
	@Test
	void areWhereTheirPlaceSaysAndNothingOfTheExamplesIsLeft() {
		Environment example = Environment.production();
		Place place = new Place("987654321098", "765432109876", "notices.acme.test", "Z0123456789ABCDEFGHIJ",
				"night@acme.test",
				new Environment.Source("acme/status", "trunk",
						"arn:aws:codeconnections:eu-west-1:987654321098:connection/acme"),
				"arn:aws:ce::987654321098:anomalymonitor/acme");
		Synthesised.of(example.at(place))
			.stacks()
			.forEach((name, stack) -> assertThat(withoutExamplesOfTheApi(stack)).as(name)
				.doesNotContain(example.account(), example.logAccount(), example.domain(), example.hostedZone(),
						example.operators(), example.source().connection(),
						"\"" + example.source().repository() + "\""));
	}

	/**
	 * Types of problems are names that every deployment of the API shares, and its
	 * document says in examples what a domain looks like.
	 */
	private static String withoutExamplesOfTheApi(Template stack) {
		return stack.json()
			.toString()
			.replaceAll("https://(?:docs\\.)?punctual\\.example/problems", "")
			.replaceAll("\"(?:example|default|url|type)\":\"[^\"]*\"", "");
	}

	@Test
	void areReleasedFromWhereAndHowTheRecordSays() {
		Environment.Source source = new Environment.Source("somebody/else", "trunk",
				"arn:aws:codeconnections:eu-west-1:111111111111:connection/abc");
		Synthesised changed = Synthesised.of(Environment.staging().released(source, Profile.CAUTIOUS));
		assertThat(changed.stack("Pipeline").json().toString())
			.contains("somebody/else", "trunk", "connection/abc", Profile.CAUTIOUS.configuration())
			.doesNotContain("punctual/punctual\"", "00000000-0000");
		assertThat(changed.stack("Deployment").all("AWS::CodeDeploy::DeploymentGroup")).hasSize(4)
			.allSatisfy((group) -> assertThat(group.text("DeploymentConfigName"))
				.isEqualTo("CodeDeployDefault.ECSCanary10Percent5Minutes"));
	}

	@Test
	void haveStacksByTheNamesThatTheReleaseReadsInTheManifest() throws Exception {
		String manifest = Files.readString(Synthesised.production().assembly().resolve("manifest.json"));
		Set<String> named = new HashSet<>();
		// As release/foundation reads it, a line each.
		Pattern.compile("(?m)^ *\"displayName\" *: *\"production/([^\"]*)\"")
			.matcher(manifest)
			.results()
			.forEach((found) -> named.add(found.group(1)));
		assertThat(named).isEqualTo(Synthesised.production().stacks().keySet());
		assertThat(Files.readString(Repository.file("release/foundation"))).contains("displayName");
	}

	/**
	 * What an attempt that failed left behind would be in the way of the next one: names
	 * are taken, and an account has five addresses.
	 */
	@Test
	void leaveNothingBehindOfAStackThatCouldNotBeMade() {
		Synthesised.production().stacks().forEach((name, stack) -> {
			assertThat(stack.resources()).as(name)
				.noneMatch((resource) -> resource.json().path("DeletionPolicy").asString("").equals("Retain"));
			assertThat(stack.resources()).as(name)
				.filteredOn((resource) -> resource.json().path("DeletionPolicy").asString("").startsWith("Retain"))
				.allMatch((resource) -> resource.json().path("UpdateReplacePolicy").asString("").equals("Retain"));
		});
	}

	@Test
	void needNoAccountToBeSynthesised() throws Exception {
		assertThat(Files.readString(Synthesised.production().assembly().resolve("manifest.json")))
			.doesNotContain("\"missing\"");
	}

	/**
	 * What a foundation deploys before there is traffic must not import what comes later.
	 */
	@Test
	void canBeMadeFromNothingInTheOrderOfTheRelease() throws Exception {
		String script = Files.readString(Repository.file("release/foundation"));
		Set<String> later = new HashSet<>();
		Pattern.compile("later\\+?=\\(([A-Za-z ]+)\\)")
			.matcher(script)
			.results()
			.forEach((found) -> later.addAll(List.of(found.group(1).split(" "))));
		assertThat(later).contains("Traffic", "Gateway", "Failover", "Deployment", "Scaling");
		// Deployed by hand before, with all that Settings needs.
		later.remove("Gateway");
		Pattern imported = Pattern.compile("\"Fn::ImportValue\":\"([A-Za-z-]+):");
		Synthesised.production().stacks().forEach((name, stack) -> {
			if (!later.contains(name)) {
				assertThat(imported.matcher(stack.json().toString()).results().map((found) -> found.group(1))).as(name)
					.doesNotContainAnyElementsOf(later);
			}
		});
		assertThat(imported.matcher(Synthesised.production().stack("Settings").json().toString())
			.results()
			.map((found) -> found.group(1))).contains("Gateway");
	}

	/**
	 * The steps of the pipeline may assume roles of their own account only.
	 */
	@Test
	void areDeployedByTheirPipelineButForWhatIsInTheLogAccount() throws Exception {
		Environment production = Environment.production();
		JsonNode artifacts = JsonMapper.builder()
			.build()
			.readTree(Synthesised.production().assembly().resolve("manifest.json").toFile())
			.path("artifacts");
		List<String> elsewhere = artifacts.properties()
			.stream()
			.map(Map.Entry::getValue)
			.filter((artifact) -> artifact.path("type").asString("").equals("aws:cloudformation:stack"))
			.filter((stack) -> !stack.path("environment").asString("").contains("//" + production.account() + "/"))
			.map((stack) -> stack.path("properties").path("stackName").asString(""))
			.sorted()
			.toList();
		String script = Files.readString(Repository.file("release/foundation"));
		assertThat(script).contains(elsewhere.stream()
			.map((stack) -> "\"" + stack.replace("production", "$PUNCTUAL_ENVIRONMENT") + "\"")
			.collect(Collectors.joining(" ", "elsewhere=(", ")")));
		assertThat(Synthesised.production().stack("Pipeline").json().toString())
			.contains("arn:aws:iam::%s:role/cdk-".formatted(production.account()))
			.doesNotContain(production.logAccount());
	}

	/**
	 * What could not be made is looked for in the region that it is made in.
	 */
	@Test
	void theStagesKnowWhatStandsInAnotherRegion() throws Exception {
		String elsewhere = JsonMapper.builder()
			.build()
			.readTree(Synthesised.production().assembly().resolve("manifest.json").toFile())
			.path("artifacts")
			.properties()
			.stream()
			.map(Map.Entry::getValue)
			.filter((artifact) -> artifact.path("environment").asString("").endsWith("/us-east-1"))
			.map((stack) -> stack.path("properties").path("stackName").asString(""))
			.filter((name) -> !name.isEmpty())
			.sorted(Comparator.reverseOrder())
			.map((name) -> "$stack != " + name)
			.collect(Collectors.joining(" && ", "[[ ", " ]] || region=us-east-1"));
		assertThat(Files.readString(Repository.file("release/lib.sh"))).contains(elsewhere);
	}

	private static java.util.Map<String, java.util.Set<String>> kinds(Synthesised environment) {
		return environment.stacks()
			.entrySet()
			.stream()
			.collect(Collectors.toMap((stack) -> stack.getKey().replaceFirst("-.*", ""),
					(stack) -> stack.getValue()
						.resources()
						.stream()
						.map(Template.Resource::type)
						.collect(Collectors.toSet())));
	}

}
