package io.punctual.infrastructure.compute;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.servicediscovery.CfnInstance;
import software.amazon.awscdk.services.servicediscovery.CfnPrivateDnsNamespace;
import software.amazon.awscdk.services.servicediscovery.CfnService;
import software.constructs.Construct;

/**
 * The services' names in Cloud Map, each an alias of the load balancer, so that callers
 * follow the weights of a deployment and never meet an unvalidated task.
 */
final class Discovery extends Construct {

	Discovery(Construct scope, Environment environment, IVpc vpc, String loadBalancer) {
		super(scope, "Discovery");
		CfnPrivateDnsNamespace namespace = CfnPrivateDnsNamespace.Builder.create(this, "Namespace")
			.name(environment.internalZone())
			.vpc(vpc.getVpcId())
			.build();
		Stream.concat(Stream.of(Service.values()).map(Service::id), Stream.of(IdentityRelay.NAME))
			.forEach((name) -> alias(namespace, name, loadBalancer));
	}

	private void alias(CfnPrivateDnsNamespace namespace, String name, String loadBalancer) {
		CfnService service = CfnService.Builder.create(this, "Name-" + name)
			.name(name)
			.namespaceId(namespace.getAttrId())
			.dnsConfig(CfnService.DnsConfigProperty.builder()
				// An alias needs this; one instance gets it all.
				.routingPolicy("WEIGHTED")
				.dnsRecords(List.of(CfnService.DnsRecordProperty.builder().type("A").ttl(60).build()))
				.build())
			.build();
		CfnInstance.Builder.create(this, "Alias-" + name)
			.serviceId(service.getAttrId())
			.instanceId("load-balancer")
			.instanceAttributes(Ordered.map("AWS_ALIAS_DNS_NAME", loadBalancer))
			.build();
	}

}
