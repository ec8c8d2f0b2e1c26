package io.punctual.infrastructure.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import io.punctual.infrastructure.common.Explained;
import io.punctual.infrastructure.common.LogBucket;
import io.punctual.infrastructure.common.Named;
import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.certificatemanager.CertificateValidation;
import software.amazon.awscdk.services.cloudfront.AllowedMethods;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.Function;
import software.amazon.awscdk.services.cloudfront.FunctionAssociation;
import software.amazon.awscdk.services.cloudfront.FunctionCode;
import software.amazon.awscdk.services.cloudfront.FunctionEventType;
import software.amazon.awscdk.services.cloudfront.FunctionRuntime;
import software.amazon.awscdk.services.cloudfront.PriceClass;
import software.amazon.awscdk.services.cloudfront.SecurityPolicyProtocol;
import software.amazon.awscdk.services.cloudfront.ViewerProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.origins.HttpOrigin;
import software.amazon.awscdk.services.route53.CfnRecordSet;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.constructs.Construct;

/**
 * Answers for the API while it does not: 503, a problem detail, and when to come back. It
 * is CloudFront's, whose certificates live in one region only.
 */
public final class FallbackStack extends Named {

	static final String REGION = "us-east-1";

	/**
	 * The zone of all distributions.
	 */
	private static final String DISTRIBUTIONS = "Z2FDTNDATAQYW2";

	public FallbackStack(Construct scope, Environment environment) {
		super(scope, "Fallback", "what answers while the API does not", environment,
				software.amazon.awscdk.Environment.builder().account(environment.account()).region(REGION).build());
		IHostedZone zone = HostedZone.fromHostedZoneAttributes(this, "Zone",
				HostedZoneAttributes.builder()
					.hostedZoneId(environment.hostedZone())
					.zoneName(environment.domain())
					.build());
		Function function = Function.Builder.create(this, "Answer")
			.functionName("punctual-unavailable")
			.runtime(FunctionRuntime.JS_2_0)
			.code(FunctionCode.fromInline(source(environment)))
			.build();
		Bucket logs = LogBucket.create(this, "Logs", environment);
		((CfnBucket) Objects.requireNonNull(logs.getNode().getDefaultChild()))
			// CloudFront writes its logs by an access list.
			.addPropertyOverride("OwnershipControls",
					Ordered.map("Rules", List.of(Ordered.map("ObjectOwnership", "BucketOwnerPreferred"))));
		Distribution distribution = Distribution.Builder.create(this, "Distribution")
			.comment("Answers while the API does not")
			.domainNames(List.of(environment.apiHost()))
			.certificate(Certificate.Builder.create(this, "Certificate")
				.domainName(environment.apiHost())
				.validation(CertificateValidation.fromDns(zone))
				.build())
			.minimumProtocolVersion(SecurityPolicyProtocol.TLS_V1_2_2021)
			.priceClass(PriceClass.PRICE_CLASS_100)
			.enableLogging(true)
			.logBucket(logs)
			.defaultBehavior(BehaviorOptions.builder()
				// Never asked: the function answers first.
				.origin(HttpOrigin.Builder.create("origin." + environment.domain()).build())
				.allowedMethods(AllowedMethods.ALLOW_ALL)
				.cachePolicy(CachePolicy.CACHING_DISABLED)
				.viewerProtocolPolicy(ViewerProtocolPolicy.HTTPS_ONLY)
				.functionAssociations(List.of(FunctionAssociation.builder()
					.eventType(FunctionEventType.VIEWER_REQUEST)
					.function(function)
					.build()))
				.build())
			.build();
		Explained.exception(distribution, "AwsSolutions-CFR1", "Clients may be anywhere.");
		Explained.exception(distribution, "AwsSolutions-CFR2",
				"There is nothing behind it to protect: every request gets the same 503.");
		CfnRecordSet.Builder.create(this, "Secondary")
			.hostedZoneId(zone.getHostedZoneId())
			.name(environment.apiHost())
			.type("A")
			.setIdentifier("fallback")
			.failover("SECONDARY")
			.aliasTarget(CfnRecordSet.AliasTargetProperty.builder()
				.dnsName(distribution.getDistributionDomainName())
				.hostedZoneId(DISTRIBUTIONS)
				.evaluateTargetHealth(false)
				.build())
			.build();
	}

	/**
	 * The function with the origin and the headers of the API document's own preflights.
	 */
	static String source(Environment environment) {
		return source().replace("${allowOrigin}", environment.webOrigin())
			.replace("${allowHeaders}", ApiDocument.allowedHeaders());
	}

	private static String source() {
		try (InputStream source = FallbackStack.class.getResourceAsStream("/fallback/index.js")) {
			if (source == null) {
				throw new IllegalStateException("fallback/index.js is not on the class path");
			}
			return new String(source.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
