package io.punctual.infrastructure.network;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.punctual.infrastructure.settings.Repository;
import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may speak to whom, all of it: as a line {@code from > to : port} for each rule.
 */
@NeedsNode
class SecurityGroupsTests {

	private static final String NOBODY = "255.255.255.255/32";

	private final Template network = Synthesised.production().stack("Network");

	@Test
	void letInWhoIsToBeHeardAndNobodyElse() {
		Set<String> rules = new TreeSet<>();
		for (Resource rule : this.network.all("AWS::EC2::SecurityGroupIngress")) {
			rules.add(line(group(rule.at("SourceSecurityGroupId")), group(rule.at("GroupId")),
					rule.json().path("Properties")));
		}
		assertThat(rules).isEqualTo(expected());
		assertThat(this.network.all("AWS::EC2::SecurityGroup"))
			.allSatisfy((group) -> assertThat(group.at("SecurityGroupIngress")).isEmpty());
	}

	@Test
	void letOutToWhomTheyHaveSomethingToSayAndNobodyElse() {
		Set<String> expected = expected();
		for (String task : new String[] { "Clients", "Notices", "Delivery", "Sla", "Migrate", "Drill" }) {
			expected.add(task + " > S3 : 443");
		}
		expected.add("Clients > internet : 443");
		expected.add("Delivery > internet : 443");
		Set<String> rules = new TreeSet<>();
		for (Resource rule : this.network.all("AWS::EC2::SecurityGroupEgress")) {
			rules.add(
					line(group(rule.at("GroupId")),
							rule.at("DestinationPrefixListId").isMissingNode()
									? group(rule.at("DestinationSecurityGroupId")) : "S3",
							rule.json().path("Properties")));
		}
		for (Resource group : this.network.all("AWS::EC2::SecurityGroup")) {
			for (JsonNode rule : group.at("SecurityGroupEgress")) {
				if (!rule.path("CidrIp").asString("").equals(NOBODY)) {
					rules.add(line(name(group.id()), internet(rule), rule));
				}
			}
		}
		assertThat(rules).isEqualTo(expected);
	}

	/**
	 * A service may reach the services whose addresses it is given.
	 */
	private static Set<String> expected() {
		JsonNode services = JsonMapper.shared().readTree(Repository.file("release/services.json").toFile());
		Set<String> rules = new TreeSet<>();
		for (Service service : Service.values()) {
			String task = service.title();
			JsonNode own = services.path(service.id());
			rules.add("Link > LoadBalancer : " + own.path("productionPort").asInt());
			rules.add("Hook > LoadBalancer : " + own.path("productionPort").asInt());
			rules.add("Hook > LoadBalancer : " + own.path("testPort").asInt());
			rules.add("LoadBalancer > " + task + " : 8080");
			// Their tokens.
			rules.add(task + " > LoadBalancer : 8449");
			Pattern.compile("https://[a-z]+\\.\\$\\{ZONE}:(\\d+)")
				.matcher(own.path("environment").toString())
				.results()
				.forEach((source) -> rules.add(task + " > LoadBalancer : " + source.group(1)));
			rules.add(task + " > Database : 3306");
			rules.add(task + " > Endpoints : 443");
		}
		rules.addAll(Set.of("Hook > LoadBalancer : 8449", "Hook > Endpoints : 443", "Hook > CodeDeploy : 443",
				"Migrate > Database : 3306", "Migrate > Endpoints : 443", "Drill > ScratchDatabase : 3306",
				"Drill > Endpoints : 443"));
		return rules;
	}

	private static String line(String from, String to, JsonNode rule) {
		assertThat(rule.path("IpProtocol").asString("")).as(from + " > " + to).isEqualTo("tcp");
		assertThat(rule.path("FromPort").asInt(-1)).isEqualTo(rule.path("ToPort").asInt(-2));
		return "%s > %s : %d".formatted(from, to, rule.path("ToPort").asInt());
	}

	private static String internet(JsonNode rule) {
		return rule.path("CidrIp").asString("").equals("0.0.0.0/0") ? "internet" : rule.toString();
	}

	private static String group(JsonNode reference) {
		return name(reference.at("/Fn::GetAtt/0").asString(""));
	}

	/**
	 * The construct's id within a logical id: the hash is eight characters.
	 */
	private static String name(String logicalId) {
		return logicalId.replaceAll("^Groups([A-Za-z]+?)[0-9A-F]{8}$", "$1");
	}

}
