package io.punctual.infrastructure.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpoint;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/**
 * The services of AWS that tasks without a way out still need, and no others: each costs
 * by the hour and zone. None is a way out itself: they take this account's credentials
 * only, so that nothing can be carried to somebody else's account, and S3 gives the
 * layers of images and takes nothing.
 */
final class Endpoints extends Construct {

	private static final Map<String, InterfaceVpcEndpointAwsService> SERVICES = services();

	private final IVpc vpc;

	private final SubnetSelection subnets;

	Endpoints(NetworkStack network, Environment environment) {
		super(network, "Endpoints");
		this.vpc = network.vpc();
		this.subnets = SubnetSelection.builder()
			.subnets(this.vpc.selectSubnets(network.taskSubnets(false))
				.getSubnets()
				.subList(0, environment.network().endpointZones()))
			.build();
		// An image's layers come from S3; this one costs nothing.
		this.vpc
			.addGatewayEndpoint("S3",
					GatewayVpcEndpointOptions.builder().service(GatewayVpcEndpointAwsService.S3).build())
			.addToPolicy(PolicyStatement.Builder.create()
				.principals(List.of(new AnyPrincipal()))
				.actions(List.of("s3:GetObject"))
				.resources(List.of("arn:aws:s3:::prod-%s-starport-layer-bucket/*".formatted(environment.region())))
				.build());
		SERVICES.forEach((name, service) -> add(name, service, network.groups().endpoints())
			.addToPolicy(PolicyStatement.Builder.create()
				.principals(List.of(new AnyPrincipal()))
				.actions(List.of("*"))
				.resources(List.of("*"))
				.conditions(Ordered.map("StringEquals", Ordered.map("aws:PrincipalAccount", environment.account())))
				.build()));
		// The release's hook reports its verdict to it. Nothing says that it takes a
		// policy, so it is in a group that lets only the hook in.
		add("CodeDeploy", InterfaceVpcEndpointAwsService.CODEDEPLOY, network.groups().codeDeploy());
	}

	private InterfaceVpcEndpoint add(String name, InterfaceVpcEndpointAwsService service, SecurityGroup group) {
		return this.vpc.addInterfaceEndpoint(name,
				InterfaceVpcEndpointOptions.builder()
					.service(service)
					.subnets(this.subnets)
					.privateDnsEnabled(true)
					.open(false)
					.securityGroups(List.of(group))
					.build());
	}

	private static Map<String, InterfaceVpcEndpointAwsService> services() {
		Map<String, InterfaceVpcEndpointAwsService> services = new LinkedHashMap<>();
		services.put("EcrApi", InterfaceVpcEndpointAwsService.ECR);
		services.put("EcrDocker", InterfaceVpcEndpointAwsService.ECR_DOCKER);
		services.put("Logs", InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS);
		services.put("Metrics", InterfaceVpcEndpointAwsService.CLOUDWATCH_MONITORING);
		services.put("Secrets", InterfaceVpcEndpointAwsService.SECRETS_MANAGER);
		services.put("Keys", InterfaceVpcEndpointAwsService.KMS);
		return services;
	}

}
