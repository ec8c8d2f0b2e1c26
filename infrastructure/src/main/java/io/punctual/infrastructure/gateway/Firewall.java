package io.punctual.infrastructure.gateway;

import java.util.List;

import io.punctual.infrastructure.common.Logs;
import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.services.logs.CfnResourcePolicy;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.wafv2.CfnLoggingConfiguration;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.amazon.awscdk.services.wafv2.CfnWebACLAssociation;
import software.constructs.Construct;

/**
 * The firewall in front of the stage, and its log of what it counted and blocked, without
 * anybody's token or key.
 */
final class Firewall extends Construct {

	private static final List<String> SECRETS = List.of("authorization", "x-api-key");

	/**
	 * @param rate requests a second that the most generous usage plan allows; one address
	 * may have twice as many, since several callers may share it
	 */
	Firewall(Construct scope, Environment environment, String stageArn, double rate) {
		super(scope, "Firewall");
		CfnWebACL acl = CfnWebACL.Builder.create(this, "Acl")
			.name("punctual")
			.scope("REGIONAL")
			.defaultAction(CfnWebACL.DefaultActionProperty.builder()
				.allow(CfnWebACL.AllowActionProperty.builder().build())
				.build())
			.visibilityConfig(FirewallRules.visible("Acl"))
			.rules(FirewallRules.of(Math.round(2 * rate * FirewallRules.WINDOW_SECONDS)))
			.dataProtectionConfig(CfnWebACL.DataProtectionConfigProperty.builder()
				// Samples of requests are shown with their headers; the log's redaction
				// does not reach them.
				.dataProtections(List.of(CfnWebACL.DataProtectProperty.builder()
					.action("SUBSTITUTION")
					.field(CfnWebACL.FieldToProtectProperty.builder()
						.fieldType("SINGLE_HEADER")
						.fieldKeys(SECRETS)
						.build())
					.build()))
				.build())
			.build();
		CfnWebACLAssociation.Builder.create(this, "Association")
			.webAclArn(acl.getAttrArn())
			.resourceArn(stageArn)
			.build();
		log(environment, acl);
	}

	private void log(Environment environment, CfnWebACL acl) {
		LogGroup log = Logs.group(this, "Log", "aws-waf-logs-punctual", environment);
		String arn = LogDestination.arn(log, environment);
		CfnResourcePolicy policy = CfnResourcePolicy.Builder.create(this, "LogPolicy")
			.policyName("punctual-firewall")
			.policyDocument("""
					{"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
					"Principal":{"Service":"delivery.logs.amazonaws.com"},\
					"Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"%s:log-stream:*",\
					"Condition":{"StringEquals":{"aws:SourceAccount":"%s"}}}]}""".formatted(arn, environment.account()))
			.build();
		CfnLoggingConfiguration logging = CfnLoggingConfiguration.Builder.create(this, "Logging")
			.resourceArn(acl.getAttrArn())
			.logDestinationConfigs(List.of(arn))
			.redactedFields(SECRETS.stream()
				.map((header) -> CfnLoggingConfiguration.FieldToMatchProperty.builder()
					.singleHeader(Ordered.map("Name", header))
					.build())
				.toList())
			// What it let pass is in the access log.
			.loggingFilter(Ordered.map("DefaultBehavior", "DROP", "Filters",
					List.of(Ordered.map("Behavior", "KEEP", "Requirement", "MEETS_ANY", "Conditions",
							List.of("BLOCK", "COUNT", "EXCLUDED_AS_COUNT")
								.stream()
								.map((action) -> Ordered.map("ActionCondition", Ordered.map("Action", action)))
								.toList()))))
			.build();
		logging.getNode().addDependency(policy);
	}

}
