package io.punctual.infrastructure.gateway;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.punctual.infrastructure.common.Ordered;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RuleActionOverrideProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RuleProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.StatementProperty;

/**
 * What the firewall blocks: a bad reputation, too many requests, and what AWS's rules
 * find. Rules that look into bodies only count, and what they counted is blocked
 * afterwards where it has no business: an advisory quotes the exploit it warns of.
 */
final class FirewallRules {

	/**
	 * Over how long requests are counted.
	 */
	static final int WINDOW_SECONDS = 300;

	private static final List<String> SIZE = List.of("SizeRestrictions_BODY");

	private static final List<String> EXPLOITS = List.of("CrossSiteScripting_BODY", "GenericLFI_BODY",
			"GenericRFI_BODY", "EC2MetaDataSSRF_BODY");

	private static final List<String> BAD_INPUTS = List.of("JavaDeserializationRCE_BODY", "Log4JRCE_BODY",
			"ReactJSRCE_BODY");

	/**
	 * Notices and their updates: people's own words, with whatever they quote.
	 */
	private static final String FREE_TEXT = "notices";

	/**
	 * Bodies that are rightly longer than 8 KiB.
	 */
	private static final String LONG = FREE_TEXT + "|clients/bulk-upsert|calendars";

	private FirewallRules() {
	}

	/**
	 * In the order in which they are asked.
	 * @param requests of one address in {@link #WINDOW_SECONDS}
	 */
	static List<RuleProperty> of(long requests) {
		return List.of(group(0, "Reputation", "AWSManagedRulesAmazonIpReputationList", List.of()),
				blocking(1, "Rate",
						StatementProperty.builder()
							.rateBasedStatement(CfnWebACL.RateBasedStatementProperty.builder()
								.limit(requests)
								.evaluationWindowSec(WINDOW_SECONDS)
								.aggregateKeyType("IP")
								.build())
							.build()),
				group(2, "Core", "AWSManagedRulesCommonRuleSet",
						Stream.concat(SIZE.stream(), EXPLOITS.stream()).toList()),
				group(3, "KnownBadInputs", "AWSManagedRulesKnownBadInputsRuleSet", BAD_INPUTS),
				blocking(4, "ExploitsElsewhere",
						elsewhere(FREE_TEXT,
								Stream.concat(labels("core-rule-set", EXPLOITS),
										labels("known-bad-inputs", BAD_INPUTS)))),
				blocking(5, "LongBodiesElsewhere", elsewhere(LONG, labels("core-rule-set", SIZE))));
	}

	static CfnWebACL.VisibilityConfigProperty visible(String name) {
		return CfnWebACL.VisibilityConfigProperty.builder()
			.metricName("punctual-" + name)
			.cloudWatchMetricsEnabled(true)
			.sampledRequestsEnabled(true)
			.build();
	}

	private static RuleProperty group(int priority, String name, String group, List<String> counted) {
		return rule(priority, name,
				StatementProperty.builder()
					.managedRuleGroupStatement(CfnWebACL.ManagedRuleGroupStatementProperty.builder()
						.vendorName("AWS")
						.name(group)
						.ruleActionOverrides(counted.stream().map(FirewallRules::counted).toList())
						.build())
					.build())
			.overrideAction(CfnWebACL.OverrideActionProperty.builder().none(Map.of()).build())
			.build();
	}

	private static RuleProperty blocking(int priority, String name, StatementProperty statement) {
		return rule(priority, name, statement).action(
				CfnWebACL.RuleActionProperty.builder().block(CfnWebACL.BlockActionProperty.builder().build()).build())
			.build();
	}

	private static RuleProperty.Builder rule(int priority, String name, StatementProperty statement) {
		return RuleProperty.builder()
			.priority(priority)
			.name(name)
			.statement(statement)
			.visibilityConfig(visible(name));
	}

	private static RuleActionOverrideProperty counted(String rule) {
		return RuleActionOverrideProperty.builder()
			.name(rule)
			.actionToUse(CfnWebACL.RuleActionProperty.builder()
				.count(CfnWebACL.CountActionProperty.builder().build())
				.build())
			.build();
	}

	private static Stream<StatementProperty> labels(String group, List<String> rules) {
		return rules.stream()
			.map((rule) -> StatementProperty.builder()
				.labelMatchStatement(CfnWebACL.LabelMatchStatementProperty.builder()
					.scope("LABEL")
					.key("awswaf:managed:aws:%s:%s".formatted(group, rule.replace("_BODY", "_Body")))
					.build())
				.build());
	}

	private static StatementProperty elsewhere(String paths, Stream<StatementProperty> labels) {
		List<StatementProperty> any = labels.toList();
		StatementProperty found = (any.size() == 1) ? any.getFirst()
				: StatementProperty.builder()
					.orStatement(CfnWebACL.OrStatementProperty.builder().statements(any).build())
					.build();
		StatementProperty there = StatementProperty.builder()
			.regexMatchStatement(CfnWebACL.RegexMatchStatementProperty.builder()
				// By the API's own name the stage stands in front of the path.
				.regexString("^(/live)?/v1/(%s)(/|$)".formatted(paths))
				.fieldToMatch(CfnWebACL.FieldToMatchProperty.builder().uriPath(Map.of()).build())
				.textTransformations(
						List.of(CfnWebACL.TextTransformationProperty.builder().priority(0).type("NONE").build()))
				.build())
			.build();
		StatementProperty notThere = StatementProperty.builder()
			.notStatement(CfnWebACL.NotStatementProperty.builder().statement(there).build())
			.build();
		return StatementProperty.builder()
			.andStatement(CfnWebACL.AndStatementProperty.builder().statements(List.of(found, notThere)).build())
			.build();
	}

}
