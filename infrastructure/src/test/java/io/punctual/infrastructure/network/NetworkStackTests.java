package io.punctual.infrastructure.network;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NetworkStack}.
 */
@NeedsNode
class NetworkStackTests {

	private final Template network = Synthesised.production().stack("Network");

	@Test
	void spansThreeZonesWithEachKindOfSubnet() {
		Map<String, Set<String>> zones = this.network.all("AWS::EC2::Subnet")
			.stream()
			.collect(Collectors.groupingBy(NetworkStackTests::kind,
					Collectors.mapping((subnet) -> subnet.text("AvailabilityZone"), Collectors.toSet())));
		assertThat(zones).containsOnlyKeys("public", "reaching", "inner", "data", "link");
		assertThat(zones.values()).allSatisfy((each) -> assertThat(each).hasSize(3));
	}

	@Test
	void givesNothingAPublicAddressByItself() {
		assertThat(this.network.all("AWS::EC2::Subnet"))
			.allSatisfy((subnet) -> assertThat(subnet.at("MapPublicIpOnLaunch").asBoolean(false)).isFalse());
	}

	@Test
	void leavesByFixedAddressesThatOutliveTheStack() {
		List<Resource> addresses = this.network.all("AWS::EC2::EIP");
		assertThat(addresses).hasSize(3)
			.allSatisfy((address) -> assertThat(address.json().path("DeletionPolicy").asString())
				.isEqualTo("RetainExceptOnCreate"));
		assertThat(this.network.all("AWS::EC2::NatGateway")).hasSize(3)
			.allSatisfy((gateway) -> assertThat(addresses)
				.anyMatch((address) -> gateway.at("AllocationId").toString().contains(address.id())));
		assertThat(this.network.json().at("/Outputs/FixedAddresses/Value").toString())
			.contains(addresses.stream().map(Resource::id).toList());
	}

	@Test
	void hasAWayOutOfPublicAndReachingSubnetsOnly() {
		assertThat(this.network.all("AWS::EC2::Route"))
			.filteredOn((route) -> route.text("DestinationCidrBlock").equals("0.0.0.0/0"))
			.hasSize(6)
			.allSatisfy((route) -> assertThat(route.at("RouteTableId").toString())
				.matches(".*Vpc(public|reaching)Subnet.*"));
	}

	@ParameterizedTest
	@EnumSource(Service.class)
	void letsOnlyWhoHasToReachTheInternetOut(Service service) {
		boolean open = egress(service.title()).stream().anyMatch((rule) -> rule.contains("0.0.0.0/0"));
		assertThat(open).isEqualTo(Set.of(Service.CLIENTS, Service.DELIVERY).contains(service));
		Resource running = Synthesised.production()
			.stack("Traffic")
			.only("AWS::ECS::Service", (each) -> each.text("ServiceName").equals(service.id()));
		assertThat(running.at("NetworkConfiguration/AwsvpcConfiguration/Subnets").toString())
			.contains(open ? "reaching" : "inner")
			.doesNotContain(open ? "inner" : "reaching");
	}

	@Test
	void letsNoOtherGroupOutAndByHttpsOnly() {
		Map<String, Set<Integer>> out = new java.util.TreeMap<>();
		this.network.all("AWS::EC2::SecurityGroup")
			.forEach((each) -> each.at("SecurityGroupEgress")
				.forEach((rule) -> note(out, group("\"" + each.id() + "\""), rule)));
		this.network.all("AWS::EC2::SecurityGroupEgress")
			.forEach((each) -> note(out, group(each.at("GroupId").toString()), each.json().path("Properties")));
		assertThat(out).isEqualTo(Map.of("Clients", Set.of(443), "Delivery", Set.of(443)));
	}

	@Test
	void putsNobodyElseWhereThereIsAWayOut() {
		List<String> there = new java.util.ArrayList<>();
		Synthesised.production().stacks().forEach((name, stack) -> stack.resources().forEach((resource) -> {
			if (!name.equals("Network") && resource.json().toString().matches(".*Vpc(public|reaching)Subnet.*")) {
				there.add(name + " " + resource.type() + " " + resource.text("ServiceName"));
			}
		}));
		assertThat(there).containsExactlyInAnyOrder("Traffic AWS::ECS::Service clients",
				"Traffic AWS::ECS::Service delivery");
	}

	@Test
	void opensNoGroupToAddresses() {
		assertThat(this.network.all("AWS::EC2::SecurityGroup"))
			.allSatisfy((group) -> assertThat(group.at("SecurityGroupIngress").toString()).doesNotContain("CidrIp"));
		assertThat(this.network.all("AWS::EC2::SecurityGroupIngress")).isNotEmpty()
			.allSatisfy((rule) -> assertThat(rule.at("SourceSecurityGroupId").isMissingNode()).isFalse());
	}

	@Test
	void letsTasksMigrationsAndNobodyElseToTheDatabase() {
		assertThat(sources("Database", 3306)).containsExactlyInAnyOrder("Clients", "Notices", "Delivery", "Sla",
				"Migrate");
	}

	@Test
	void keepsTheDrillAwayFromTheDatabase() {
		assertThat(sources("ScratchDatabase", 3306)).containsExactly("Drill");
	}

	@Test
	void letsApiGatewayToProductionListenersOnly() {
		assertThat(this.network.all("AWS::EC2::SecurityGroupIngress"))
			.filteredOn((rule) -> group(rule.at("SourceSecurityGroupId").toString()).equals("Link"))
			.allSatisfy((rule) -> assertThat(group(rule.at("GroupId").toString())).isEqualTo("LoadBalancer"))
			.extracting((rule) -> rule.at("ToPort").asInt())
			.containsExactlyInAnyOrder(8441, 8442, 8443, 8444);
	}

	@Test
	void linksApiGatewayFromSubnetsOfItsOwn() {
		assertThat(this.network.only("AWS::ApiGatewayV2::VpcLink").at("SubnetIds")).hasSize(3)
			.allSatisfy((subnet) -> assertThat(subnet.toString()).contains("VpclinkSubnet"));
	}

	@Test
	void writesDownWhatFlows() {
		assertThat(this.network.only("AWS::EC2::FlowLog").text("TrafficType")).isEqualTo("ALL");
	}

	/**
	 * What a task that cannot leave needs to start, to be heard and to be let in.
	 */
	@Test
	void bringsWhatTasksNeedOfAwsToWhereTheyCannotLeave() {
		List<Resource> endpoints = this.network.all("AWS::EC2::VPCEndpoint")
			.stream()
			.filter((endpoint) -> endpoint.text("VpcEndpointType").equals("Interface"))
			.toList();
		assertThat(endpoints).extracting((endpoint) -> endpoint.text("ServiceName"))
			.containsExactlyInAnyOrder("com.amazonaws.eu-west-1.ecr.api", "com.amazonaws.eu-west-1.ecr.dkr",
					"com.amazonaws.eu-west-1.logs", "com.amazonaws.eu-west-1.monitoring",
					"com.amazonaws.eu-west-1.secretsmanager", "com.amazonaws.eu-west-1.kms",
					"com.amazonaws.eu-west-1.codedeploy");
		assertThat(endpoints).allSatisfy((endpoint) -> {
			// By the name that everybody calls it by.
			assertThat(endpoint.at("PrivateDnsEnabled").asBoolean(false)).isTrue();
			assertThat(endpoint.at("SecurityGroupIds").toString())
				.contains(isCodeDeploys(endpoint) ? "GroupsCodeDeploy" : "GroupsEndpoints");
			assertThat(endpoint.at("SubnetIds").toString()).contains("Vpcinner");
		});
		assertThat(sources("Endpoints", 443)).containsExactlyInAnyOrder("Clients", "Notices", "Delivery", "Sla",
				"Migrate", "Drill", "Hook");
		assertThat(sources("CodeDeploy", 443)).containsExactly("Hook");
		String layers = this.network
			.only("AWS::EC2::VPCEndpoint", (endpoint) -> endpoint.text("VpcEndpointType").equals("Gateway"))
			.at("RouteTableIds")
			.toString();
		assertThat(layers).contains("VpcinnerSubnet1", "VpcinnerSubnet2", "VpcinnerSubnet3");
	}

	/**
	 * Whoever brings credentials of an account of theirs could otherwise carry things
	 * there by these ways, which need no route to the internet.
	 */
	@Test
	void givesNobodyAWayOutByAnEndpoint() {
		assertThat(this.network.all("AWS::EC2::VPCEndpoint"))
			.filteredOn((endpoint) -> endpoint.text("VpcEndpointType").equals("Interface") && !isCodeDeploys(endpoint))
			.hasSize(6)
			.allSatisfy((endpoint) -> assertThat(endpoint.at("PolicyDocument/Statement")).singleElement()
				.satisfies((statement) -> assertThat(statement.at("/Condition/StringEquals").toString())
					.isEqualTo("{\"aws:PrincipalAccount\":\"222222222222\"}")));
		assertThat(this.network
			.only("AWS::EC2::VPCEndpoint", (endpoint) -> endpoint.text("VpcEndpointType").equals("Gateway"))
			.at("PolicyDocument/Statement")).singleElement().satisfies((statement) -> {
				assertThat(statement.path("Action").asString("")).isEqualTo("s3:GetObject");
				assertThat(statement.path("Resource").asString(""))
					.isEqualTo("arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*");
			});
	}

	private static boolean isCodeDeploys(Resource endpoint) {
		return endpoint.text("ServiceName").endsWith(".codedeploy");
	}

	@Test
	void pricesEndpointsByZone() {
		assertThat(this.network.all("AWS::EC2::VPCEndpoint"))
			.filteredOn((endpoint) -> endpoint.text("VpcEndpointType").equals("Interface"))
			.hasSize(7)
			.allSatisfy((endpoint) -> assertThat(endpoint.at("SubnetIds")).hasSize(3));
		assertThat(Synthesised.staging().stack("Network").all("AWS::EC2::VPCEndpoint"))
			.filteredOn((endpoint) -> endpoint.text("VpcEndpointType").equals("Interface"))
			.allSatisfy((endpoint) -> assertThat(endpoint.at("SubnetIds")).hasSize(1));
	}

	/**
	 * A group that lets nobody out has a rule to an address that is nobody's.
	 */
	private static void note(Map<String, Set<Integer>> out, String group, JsonNode rule) {
		String to = rule.path("CidrIp").asString("") + rule.path("CidrIpv6").asString("");
		if (!to.isEmpty() && !to.equals("255.255.255.255/32")) {
			out.computeIfAbsent(group, (any) -> new java.util.TreeSet<>()).add(rule.path("ToPort").asInt(-1));
		}
	}

	private List<String> sources(String group, int port) {
		return this.network.all("AWS::EC2::SecurityGroupIngress")
			.stream()
			.filter((rule) -> group(rule.at("GroupId").toString()).equals(group) && rule.at("ToPort").asInt() == port)
			.map((rule) -> group(rule.at("SourceSecurityGroupId").toString()))
			.toList();
	}

	private List<String> egress(String group) {
		Resource found = this.network.only("AWS::EC2::SecurityGroup",
				(each) -> group("\"" + each.id() + "\"").equals(group));
		return List.of(found.at("SecurityGroupEgress").toString());
	}

	/**
	 * The construct's id within a logical id: the hash is eight characters.
	 */
	private static String group(String reference) {
		return reference.replaceAll(".*\"Groups([A-Za-z]+?)[0-9A-F]{8}\".*", "$1");
	}

	private static String kind(Resource subnet) {
		return subnet.id().replaceAll("Vpc([a-z]+)Subnet.*", "$1");
	}

}
