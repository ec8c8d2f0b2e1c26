package io.punctual.infrastructure.gateway;

import java.util.List;

import io.punctual.infrastructure.domain.DomainStack;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.services.apigateway.CfnBasePathMapping;
import software.amazon.awscdk.services.apigateway.CfnDomainName;
import software.amazon.awscdk.services.apigateway.CfnRestApi;
import software.amazon.awscdk.services.apigateway.CfnStage;
import software.amazon.awscdk.services.route53.CfnHealthCheck;
import software.amazon.awscdk.services.route53.CfnRecordSet;
import software.constructs.Construct;

/**
 * {@code api.<domain>}: API Gateway as long as it answers, else the static answer of
 * {@link FallbackStack}.
 */
final class PublicName extends Construct {

	private final String healthCheck;

	PublicName(Construct scope, Environment environment, DomainStack domain, CfnRestApi api, CfnStage stage) {
		super(scope, "PublicName");
		CfnDomainName name = CfnDomainName.Builder.create(this, "Name")
			.domainName(environment.apiHost())
			.regionalCertificateArn(domain.apiCertificate().getCertificateArn())
			.securityPolicy("TLS_1_2")
			.endpointConfiguration(
					CfnDomainName.EndpointConfigurationProperty.builder().types(List.of("REGIONAL")).build())
			.build();
		CfnBasePathMapping.Builder.create(this, "Mapping")
			.domainName(name.getRef())
			.restApiId(api.getRef())
			.stage(stage.getRef())
			.build();
		// Asked by API Gateway's own name: the public one may point elsewhere by then.
		CfnHealthCheck health = CfnHealthCheck.Builder.create(this, "Health")
			.healthCheckConfig(CfnHealthCheck.HealthCheckConfigProperty.builder()
				.type("HTTPS")
				.fullyQualifiedDomainName(
						"%s.execute-api.%s.amazonaws.com".formatted(api.getRef(), environment.region()))
				.port(443)
				.resourcePath("/%s%s".formatted(stage.getRef(), ApiDocument.HEALTH_PATH))
				.enableSni(true)
				// From three regions, the fewest there may be: every request is paid for.
				.regions(List.of("eu-west-1", "us-east-1", "ap-southeast-1"))
				.requestInterval(30)
				.failureThreshold(3)
				.build())
			.build();
		CfnRecordSet.Builder.create(this, "Primary")
			.hostedZoneId(domain.zone().getHostedZoneId())
			.name(environment.apiHost())
			.type("A")
			.setIdentifier("gateway")
			.failover("PRIMARY")
			.healthCheckId(health.getAttrHealthCheckId())
			.aliasTarget(CfnRecordSet.AliasTargetProperty.builder()
				.dnsName(name.getAttrRegionalDomainName())
				.hostedZoneId(name.getAttrRegionalHostedZoneId())
				.evaluateTargetHealth(false)
				.build())
			.build();
		this.healthCheck = health.getAttrHealthCheckId();
	}

	/**
	 * What Route 53 asks, by its id.
	 */
	String healthCheck() {
		return this.healthCheck;
	}

}
