package io.punctual.infrastructure.network;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which way leads out of each subnet, and that all that flows is written down.
 */
@NeedsNode
class RoutesTests {

	private final Template network = Synthesised.production().stack("Network");

	@Test
	void aZonesTasksLeaveByTheirOwnZonesGateway() {
		List<Resource> gateways = this.network.all("AWS::EC2::NatGateway");
		Map<String, String> zones = new TreeMap<>();
		gateways.forEach((gateway) -> {
			Resource subnet = subnet(gateway.text("SubnetId/Ref"));
			assertThat(subnet.id()).startsWith("Vpcpublic");
			zones.put(gateway.id(), subnet.text("AvailabilityZone"));
		});
		assertThat(zones.values()).doesNotHaveDuplicates().hasSize(3);
		List<Resource> reaching = this.network.all("AWS::EC2::Subnet")
			.stream()
			.filter((subnet) -> subnet.id().startsWith("Vpcreaching"))
			.toList();
		assertThat(reaching).hasSize(3)
			.allSatisfy((subnet) -> assertThat(zones.get(wayOut(subnet).text("NatGatewayId/Ref")))
				.isEqualTo(subnet.text("AvailabilityZone")));
	}

	@Test
	void gatewaysLeaveByTheInternetGatewayOfThisNetwork() {
		String internet = this.network.only("AWS::EC2::InternetGateway").id();
		assertThat(this.network.only("AWS::EC2::VPCGatewayAttachment").text("InternetGatewayId/Ref"))
			.isEqualTo(internet);
		assertThat(this.network.all("AWS::EC2::Subnet")).filteredOn((subnet) -> subnet.id().startsWith("Vpcpublic"))
			.hasSize(3)
			.allSatisfy((subnet) -> assertThat(wayOut(subnet).text("GatewayId/Ref")).isEqualTo(internet));
	}

	@Test
	void everySubnetHasARouteTableOfItsOwn() {
		assertThat(this.network.all("AWS::EC2::Subnet")).hasSize(15)
			.extracting((subnet) -> table(subnet))
			.doesNotHaveDuplicates();
	}

	@Test
	void allThatFlowsThroughTheNetworkIsWrittenIntoALogThatIsKept() {
		Resource flows = this.network.only("AWS::EC2::FlowLog");
		assertThat(flows.text("ResourceType")).isEqualTo("VPC");
		assertThat(flows.text("ResourceId/Ref")).isEqualTo(this.network.only("AWS::EC2::VPC").id());
		assertThat(flows.text("LogDestinationType")).isEqualTo("cloud-watch-logs");
		Resource log = this.network.only("AWS::Logs::LogGroup");
		assertThat(flows.text("LogGroupName/Ref")).isEqualTo(log.id());
		assertThat(log.at("RetentionInDays").asInt()).isGreaterThanOrEqualTo(30);
	}

	@Test
	void namesInsideAreResolvedByTheNetwork() {
		Resource vpc = this.network.only("AWS::EC2::VPC");
		assertThat(vpc.at("EnableDnsSupport").asBoolean(false)).isTrue();
		assertThat(vpc.at("EnableDnsHostnames").asBoolean(false)).isTrue();
	}

	private Resource subnet(String id) {
		return this.network.only("AWS::EC2::Subnet", (subnet) -> subnet.id().equals(id));
	}

	private Resource wayOut(Resource subnet) {
		String table = table(subnet);
		return this.network.only("AWS::EC2::Route", (route) -> route.text("RouteTableId/Ref").equals(table)
				&& route.text("DestinationCidrBlock").equals("0.0.0.0/0"));
	}

	private String table(Resource subnet) {
		return this.network
			.only("AWS::EC2::SubnetRouteTableAssociation", (one) -> one.text("SubnetId/Ref").equals(subnet.id()))
			.text("RouteTableId/Ref");
	}

}
