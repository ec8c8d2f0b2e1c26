package io.punctual.infrastructure.compute;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.punctual.infrastructure.common.Logs;
import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.identity.IdentityStack;
import io.punctual.infrastructure.network.SecurityGroups;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnListener;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnTargetGroup;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The issuer's two addresses that services need, a token and the keys, behind the load
 * balancer: so services without a way out can have them.
 */
final class IdentityRelay extends Construct {

	static final String NAME = "identity";

	IdentityRelay(Construct scope, Environment environment, LoadBalancer balancer, IdentityStack identity) {
		super(scope, "IdentityRelay");
		LogGroup log = Logs.group(this, "Log", "/punctual/identity-relay", environment);
		Role role = Role.Builder.create(this, "Role")
			.assumedBy(ServicePrincipal.Builder.create("lambda.amazonaws.com").build())
			.build();
		role.addToPolicy(PolicyStatement.Builder.create()
			.actions(List.of("logs:CreateLogStream", "logs:PutLogEvents"))
			.resources(List.of(log.getLogGroupArn()))
			.build());
		Function function = Function.Builder.create(this, "Function")
			.functionName("punctual-identity-relay")
			.description("Passes token requests and the keys' document on to the issuer")
			.runtime(Runtime.NODEJS_24_X)
			.architecture(Architecture.ARM_64)
			.handler("index.handler")
			.code(Code.fromInline(source()))
			.role(role)
			.logGroup(log)
			.memorySize(256)
			.timeout(Duration.seconds(10))
			.environment(Ordered.map("TOKEN_URI", identity.tokenUri(), "JWKS_URI",
					identity.issuer() + "/.well-known/jwks.json"))
			.build();
		CfnPermission permission = CfnPermission.Builder.create(this, "Permission")
			.functionName(function.getFunctionArn())
			.action("lambda:InvokeFunction")
			.principal("elasticloadbalancing.amazonaws.com")
			.sourceAccount(environment.account())
			.build();
		CfnTargetGroup target = CfnTargetGroup.Builder.create(this, "Target")
			.name("identity-relay")
			.targetType("lambda")
			.targets(List.of(CfnTargetGroup.TargetDescriptionProperty.builder().id(function.getFunctionArn()).build()))
			.build();
		target.getNode().addDependency(permission);
		CfnListener.Builder.create(this, "Listener")
			.loadBalancerArn(balancer.arn())
			.port(SecurityGroups.IDENTITY_PORT)
			.protocol("HTTPS")
			.sslPolicy(LoadBalancer.TLS_POLICY)
			.certificates(List
				.of(CfnListener.CertificateProperty.builder().certificateArn(balancer.certificateArn()).build()))
			.defaultActions(List
				.of(CfnListener.ActionProperty.builder().type("forward").targetGroupArn(target.getRef()).build()))
			.build();
	}

	/**
	 * Where services find it.
	 */
	static String url(Environment environment) {
		return "https://%s.%s:%d".formatted(NAME, environment.internalZone(), SecurityGroups.IDENTITY_PORT);
	}

	static String source() {
		try (InputStream source = IdentityRelay.class.getResourceAsStream("/identity-relay/index.js")) {
			if (source == null) {
				throw new IllegalStateException("identity-relay/index.js is not on the class path");
			}
			return new String(source.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
