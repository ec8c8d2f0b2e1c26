package io.punctual.infrastructure.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.constructs.Construct;

/**
 * The services of AWS that tasks without a way out still need, and no others: each costs
 * by the hour and zone.
 */
final class Endpoints extends Construct {

	private static final Map<String, InterfaceVpcEndpointAwsService> SERVICES = services();

	Endpoints(NetworkStack network, Environment environment) {
		super(network, "Endpoints");
		IVpc vpc = network.vpc();
		// An image's layers come from S3; this one costs nothing.
		vpc.addGatewayEndpoint("S3",
				GatewayVpcEndpointOptions.builder().service(GatewayVpcEndpointAwsService.S3).build());
		SubnetSelection subnets = SubnetSelection.builder()
			.subnets(vpc.selectSubnets(network.taskSubnets(false))
				.getSubnets()
				.subList(0, environment.network().endpointZones()))
			.build();
		SERVICES.forEach((name, service) -> vpc.addInterfaceEndpoint(name,
				InterfaceVpcEndpointOptions.builder()
					.service(service)
					.subnets(subnets)
					.privateDnsEnabled(true)
					.open(false)
					.securityGroups(List.of(network.groups().endpoints()))
					.build()));
	}

	private static Map<String, InterfaceVpcEndpointAwsService> services() {
		Map<String, InterfaceVpcEndpointAwsService> services = new LinkedHashMap<>();
		services.put("EcrApi", InterfaceVpcEndpointAwsService.ECR);
		services.put("EcrDocker", InterfaceVpcEndpointAwsService.ECR_DOCKER);
		services.put("Logs", InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS);
		services.put("Metrics", InterfaceVpcEndpointAwsService.CLOUDWATCH_MONITORING);
		services.put("Secrets", InterfaceVpcEndpointAwsService.SECRETS_MANAGER);
		services.put("Keys", InterfaceVpcEndpointAwsService.KMS);
		// The release's hook reports its verdict to it.
		services.put("CodeDeploy", InterfaceVpcEndpointAwsService.CODEDEPLOY);
		return services;
	}

}
