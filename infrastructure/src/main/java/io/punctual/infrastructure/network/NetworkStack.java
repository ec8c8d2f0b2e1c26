package io.punctual.infrastructure.network;

import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.Vpc;
import software.constructs.Construct;

/**
 * The network.
 */
public final class NetworkStack extends Stack {

	public NetworkStack(Construct scope, Environment environment) {
		super(scope, "Network", StackProps.builder().stackName("Network").build());
		Vpc.Builder.create(this, "Vpc")
			.ipAddresses(IpAddresses.cidr(environment.network().cidr()))
			.availabilityZones(environment.zones())
			.build();
	}

}
