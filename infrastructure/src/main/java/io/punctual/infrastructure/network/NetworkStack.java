package io.punctual.infrastructure.network;

import java.util.List;
import java.util.stream.IntStream;

import io.punctual.infrastructure.common.Logs;
import io.punctual.infrastructure.common.Named;
import io.punctual.infrastructure.settings.Environment;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.apigatewayv2.CfnVpcLink;
import software.amazon.awscdk.services.ec2.CfnEIP;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.NatGatewayProps;
import software.amazon.awscdk.services.ec2.NatProvider;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.constructs.Construct;

/**
 * The network: subnets of five kinds in each zone, of which one has a way out, by
 * addresses that clients can allow-list.
 */
public final class NetworkStack extends Named {

	private final Environment environment;

	private final Vpc vpc;

	private final SecurityGroups groups;

	private final CfnVpcLink link;

	public NetworkStack(Construct scope, Environment environment) {
		super(scope, "Network", "subnets, ways out, endpoints and who may speak to whom", environment);
		this.environment = environment;
		List<CfnEIP> addresses = IntStream.range(0, environment.network().natGateways())
			.mapToObj(this::address)
			.toList();
		this.vpc = Vpc.Builder.create(this, "Vpc")
			.ipAddresses(IpAddresses.cidr(environment.network().cidr()))
			.availabilityZones(environment.zones())
			.natGateways(addresses.size())
			.natGatewayProvider(NatProvider.gateway(NatGatewayProps.builder()
				.eipAllocationIds(addresses.stream().map(CfnEIP::getAttrAllocationId).toList())
				.build()))
			.subnetConfiguration(List.of(subnets("public", SubnetType.PUBLIC, 24),
					subnets("reaching", SubnetType.PRIVATE_WITH_EGRESS, 22),
					subnets("inner", SubnetType.PRIVATE_ISOLATED, 22), subnets("data", SubnetType.PRIVATE_ISOLATED, 24),
					subnets("link", SubnetType.PRIVATE_ISOLATED, 26)))
			.build();
		this.vpc.addFlowLog("FlowLog",
				FlowLogOptions.builder()
					.destination(FlowLogDestination
						.toCloudWatchLogs(Logs.group(this, "FlowLogs", "/punctual/flow-logs", environment)))
					.build());
		this.groups = new SecurityGroups(this, environment);
		new Endpoints(this, environment);
		this.link = CfnVpcLink.Builder.create(this, "Link")
			.name("punctual")
			.subnetIds(this.vpc.selectSubnets(linkSubnets()).getSubnetIds())
			.securityGroupIds(List.of(this.groups.link().getSecurityGroupId()))
			.build();
		CfnOutput.Builder.create(this, "FixedAddresses")
			.description("What webhooks and mail come from: clients can allow-list these.")
			.value(Fn.join(",", addresses.stream().map(CfnEIP::getAttrPublicIp).toList()))
			.build();
	}

	/**
	 * The setting's: otherwise the CDK's command would look them up in each account,
	 * whether it may or not.
	 */
	@Override
	public List<String> getAvailabilityZones() {
		return this.environment.zones();
	}

	public IVpc vpc() {
		return this.vpc;
	}

	public SecurityGroups groups() {
		return this.groups;
	}

	/**
	 * By which API Gateway reaches the load balancer.
	 */
	public String linkId() {
		return this.link.getRef();
	}

	/**
	 * Where tasks run: with a way out only if they need one.
	 */
	public SubnetSelection taskSubnets(boolean reachingInternet) {
		return named(reachingInternet ? "reaching" : "inner");
	}

	public SubnetSelection dataSubnets() {
		return named("data");
	}

	public SubnetSelection linkSubnets() {
		return named("link");
	}

	private static SubnetSelection named(String name) {
		return SubnetSelection.builder().subnetGroupName(name).build();
	}

	private static SubnetConfiguration subnets(String name, SubnetType type, int mask) {
		SubnetConfiguration.Builder subnets = SubnetConfiguration.builder().name(name).subnetType(type).cidrMask(mask);
		@Nullable Boolean publicAddresses = (type == SubnetType.PUBLIC) ? Boolean.FALSE : null;
		return subnets.mapPublicIpOnLaunch(publicAddresses).build();
	}

	private CfnEIP address(int index) {
		CfnEIP address = CfnEIP.Builder.create(this, "Address" + (index + 1)).domain("vpc").build();
		// Clients have it in their firewalls.
		address.applyRemovalPolicy(RemovalPolicy.RETAIN);
		return address;
	}

}
