package io.punctual.infrastructure.compute;

import java.util.List;

import io.punctual.infrastructure.common.LogBucket;
import io.punctual.infrastructure.domain.DomainStack;
import io.punctual.infrastructure.network.NetworkStack;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationLoadBalancer;
import software.constructs.Construct;

/**
 * The internal load balancer in front of all four services. Its listeners are made where
 * they may not be changed again.
 */
public final class LoadBalancer extends Construct {

	/**
	 * TLS 1.3, or 1.2 with forward secrecy.
	 */
	public static final String TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

	private final ApplicationLoadBalancer balancer;

	private final String certificateArn;

	LoadBalancer(Construct scope, Environment environment, NetworkStack network, DomainStack domain) {
		super(scope, "LoadBalancer");
		this.certificateArn = domain.internalCertificate().getCertificateArn();
		this.balancer = ApplicationLoadBalancer.Builder.create(this, "Balancer")
			.loadBalancerName("punctual")
			.vpc(network.vpc())
			.vpcSubnets(network.taskSubnets(false))
			.internetFacing(false)
			.securityGroup(network.groups().loadBalancer())
			.dropInvalidHeaderFields(true)
			.deletionProtection(true)
			// Long polls answer after 25 s at most.
			.idleTimeout(Duration.seconds(60))
			.build();
		this.balancer.logAccessLogs(LogBucket.create(this, "AccessLogs", environment));
	}

	public String arn() {
		return this.balancer.getLoadBalancerArn();
	}

	public String dnsName() {
		return this.balancer.getLoadBalancerDnsName();
	}

	/**
	 * As metrics call it.
	 */
	public String fullName() {
		return this.balancer.getLoadBalancerFullName();
	}

	/**
	 * For the names inside.
	 */
	public String certificateArn() {
		return this.certificateArn;
	}

}
