package io.punctual.infrastructure.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.punctual.infrastructure.common.Logs;
import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.wafv2.CfnLoggingConfiguration;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RuleActionOverrideProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RuleProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.StatementProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACLAssociation;
import software.constructs.Construct;

/**
 * Blocks by reputation, by rate and by AWS's rules; but what is said in notices, updates
 * and large imports is only counted: an advisory quotes the exploit it warns of.
 */
final class Firewall extends Construct {

	/**
	 * What looks at bodies: counted first, and blocked by label everywhere else.
	 */
	private static final List<String> CORE = List.of("SizeRestrictions_BODY", "CrossSiteScripting_BODY",
			"GenericLFI_BODY", "GenericRFI_BODY", "EC2MetaDataSSRF_BODY");

	private static final List<String> BAD_INPUTS = List.of("JavaDeserializationRCE_BODY", "Log4JRCE_BODY");

	/**
	 * Paths whose bodies may be long and quote anything.
	 */
	private static final List<String> FREE_TEXT = List.of("/v1/notices", "/v1/clients/bulk-upsert");

	private static final int REQUESTS_IN_FIVE_MINUTES = 3000;

	Firewall(Construct scope, Environment environment, String stageArn) {
		super(scope, "Firewall");
		List<RuleProperty> rules = new ArrayList<>();
		rules.add(blocking(0, "Reputation", group("AWSManagedRulesAmazonIpReputationList", List.of()), true));
		rules.add(blocking(1, "Rate",
				StatementProperty.builder()
					.rateBasedStatement(CfnWebACL.RateBasedStatementProperty.builder()
						.limit(REQUESTS_IN_FIVE_MINUTES)
						.aggregateKeyType("IP")
						.build())
					.build(),
				false));
		rules.add(blocking(2, "Core", group("AWSManagedRulesCommonRuleSet", CORE), true));
		rules.add(blocking(3, "KnownBadInputs", group("AWSManagedRulesKnownBadInputsRuleSet", BAD_INPUTS), true));
		rules.add(blocking(4, "BodiesElsewhere", bodiesElsewhere(), false));
		CfnWebACL acl = CfnWebACL.Builder.create(this, "Acl")
			.name("punctual")
			.scope("REGIONAL")
			.defaultAction(CfnWebACL.DefaultActionProperty.builder()
				.allow(CfnWebACL.AllowActionProperty.builder().build())
				.build())
			.visibilityConfig(visible("Acl"))
			.rules(rules)
			.build();
		CfnWebACLAssociation.Builder.create(this, "Association")
			.webAclArn(acl.getAttrArn())
			.resourceArn(stageArn)
			.build();
		LogGroup log = Logs.group(this, "Log", "aws-waf-logs-punctual", environment);
		CfnLoggingConfiguration.Builder.create(this, "Logging")
			.resourceArn(acl.getAttrArn())
			.logDestinationConfigs(List.of(log.getLogGroupArn()))
			.redactedFields(List.of(
					CfnLoggingConfiguration.FieldToMatchProperty.builder()
						.singleHeader(Ordered.map("Name", "authorization"))
						.build(),
					CfnLoggingConfiguration.FieldToMatchProperty.builder()
						.singleHeader(Ordered.map("Name", "x-api-key"))
						.build()))
			.build();
	}

	private static StatementProperty group(String name, List<String> counted) {
		return StatementProperty.builder()
			.managedRuleGroupStatement(CfnWebACL.ManagedRuleGroupStatementProperty.builder()
				.vendorName("AWS")
				.name(name)
				.ruleActionOverrides(counted.stream()
					.map((rule) -> RuleActionOverrideProperty.builder()
						.name(rule)
						.actionToUse(CfnWebACL.RuleActionProperty.builder()
							.count(CfnWebACL.CountActionProperty.builder().build())
							.build())
						.build())
					.toList())
				.build())
			.build();
	}

	private static Stream<String> labels(String group, List<String> rules) {
		return rules.stream()
			.map((rule) -> "awswaf:managed:aws:%s:%s".formatted(group, rule.replace("_BODY", "_Body")));
	}

	/**
	 * A label of one of the body rules, and none of the paths of free text.
	 */
	private static StatementProperty bodiesElsewhere() {
		List<StatementProperty> labels = Stream
			.concat(labels("core-rule-set", CORE), labels("known-bad-inputs", BAD_INPUTS))
			.sorted()
			.map((label) -> StatementProperty.builder()
				.labelMatchStatement(CfnWebACL.LabelMatchStatementProperty.builder().scope("LABEL").key(label).build())
				.build())
			.toList();
		List<StatementProperty> paths = FREE_TEXT.stream().map(Firewall::startsWith).toList();
		return StatementProperty.builder()
			.andStatement(CfnWebACL.AndStatementProperty.builder()
				.statements(List.of(
						StatementProperty.builder()
							.orStatement(CfnWebACL.OrStatementProperty.builder().statements(labels).build())
							.build(),
						StatementProperty.builder()
							.notStatement(CfnWebACL.NotStatementProperty.builder()
								.statement(StatementProperty.builder()
									.orStatement(CfnWebACL.OrStatementProperty.builder().statements(paths).build())
									.build())
								.build())
							.build()))
				.build())
			.build();
	}

	/**
	 * A firewall at the stage sees the stage's name in front of the path, or, through the
	 * public name, does not.
	 */
	private static StatementProperty startsWith(String path) {
		return StatementProperty.builder()
			.regexMatchStatement(CfnWebACL.RegexMatchStatementProperty.builder()
				.regexString("^(/live)?" + path + "(/|$)")
				.fieldToMatch(CfnWebACL.FieldToMatchProperty.builder().uriPath(Map.of()).build())
				.textTransformations(
						List.of(CfnWebACL.TextTransformationProperty.builder().priority(0).type("NONE").build()))
				.build())
			.build();
	}

	private static RuleProperty blocking(int priority, String name, StatementProperty statement, boolean group) {
		RuleProperty.Builder rule = RuleProperty.builder()
			.priority(priority)
			.name(name)
			.statement(statement)
			.visibilityConfig(visible(name));
		if (group) {
			rule.overrideAction(CfnWebACL.OverrideActionProperty.builder().none(Map.of()).build());
		}
		else {
			rule.action(CfnWebACL.RuleActionProperty.builder()
				.block(CfnWebACL.BlockActionProperty.builder().build())
				.build());
		}
		return rule.build();
	}

	private static CfnWebACL.VisibilityConfigProperty visible(String name) {
		return CfnWebACL.VisibilityConfigProperty.builder()
			.metricName("punctual-" + name)
			.cloudWatchMetricsEnabled(true)
			.sampledRequestsEnabled(true)
			.build();
	}

}
