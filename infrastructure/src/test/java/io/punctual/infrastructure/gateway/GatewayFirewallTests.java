package io.punctual.infrastructure.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Firewall}: its rules are asked as the firewall asks them.
 */
@NeedsNode
class GatewayFirewallTests {

	private static final String LONG = "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body";

	private static final List<String> EXPLOITS = Stream
		.concat(Stream.of("CrossSiteScripting", "GenericLFI", "GenericRFI", "EC2MetaDataSSRF")
			.map((rule) -> "core-rule-set:" + rule),
				Stream.of("Log4JRCE", "JavaDeserializationRCE", "ReactJSRCE").map((rule) -> "known-bad-inputs:" + rule))
		.map((label) -> "awswaf:managed:aws:" + label + "_Body")
		.toList();

	private final Template gateway = Synthesised.production().stack("Gateway");

	private final Resource acl = this.gateway.only("AWS::WAFv2::WebACL");

	private final Resource logging = this.gateway.only("AWS::WAFv2::LoggingConfiguration");

	@ParameterizedTest
	@ValueSource(strings = { "/v1/notices", "/v1/notices/not_1", "/v1/notices/not_1/updates", "/live/v1/notices" })
	void letsANoticeQuoteTheExploitItWarnsOf(String path) {
		assertThat(EXPLOITS).noneMatch((label) -> blocks(path, label));
		assertThat(blocks(path, LONG)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v1/clients", "/v1/clients/bulk-upsert", "/v1/clients/cli_1/endpoints", "/v1/agreements",
			"/v1/calendars", "/v1/noticeswhatever", "/other/v1/notices", "/" })
	void blocksExploitsInAllOtherBodies(String path) {
		assertThat(EXPLOITS).allMatch((label) -> blocks(path, label));
	}

	@Test
	void isOneForAnApiOfARegion() {
		assertThat(this.acl.text("Scope")).isEqualTo("REGIONAL");
		assertThat(this.acl.at("DefaultAction").has("Allow")).isTrue();
	}

	@Test
	void letsOnlyThoseBodiesBeLongThatAre() {
		assertThat(List.of("/v1/clients/bulk-upsert", "/v1/calendars", "/v1/calendars/cal_1/versions"))
			.noneMatch((path) -> blocks(path, LONG));
		assertThat(List.of("/v1/clients", "/v1/clients/cli_1/endpoints", "/v1/agreements", "/v1/obligations/obl_1"))
			.allMatch((path) -> blocks(path, LONG));
	}

	@Test
	void blocksNothingThatNoRuleHasFound() {
		assertThat(blocks("/v1/clients", "awswaf:managed:aws:core-rule-set:Other")).isFalse();
		assertThat(this.acl.at("DefaultAction").has("Allow")).isTrue();
	}

	@Test
	void countsEveryRuleThatLooksIntoBodiesBeforeItBlocksByItsLabel() {
		List<String> counted = new ArrayList<>();
		for (String group : List.of("Core", "KnownBadInputs")) {
			assertThat(rule(group).get("OverrideAction").has("None")).isTrue();
			rule(group).at("/Statement/ManagedRuleGroupStatement/RuleActionOverrides").forEach((override) -> {
				assertThat(override.get("ActionToUse").has("Count")).isTrue();
				counted.add(override.get("Name").asString());
			});
		}
		assertThat(counted.stream().map((rule) -> rule.replace("_BODY", "_Body")))
			.containsExactlyInAnyOrderElementsOf(Stream.concat(Stream.of(LONG), EXPLOITS.stream())
				.map((label) -> label.substring(label.lastIndexOf(':') + 1))
				.toList());
		assertThat(Stream.of("Core", "KnownBadInputs").map((name) -> rule(name).get("Priority").asInt()))
			.allMatch((priority) -> priority < rule("ExploitsElsewhere").get("Priority").asInt());
	}

	@Test
	void blocksByReputation() {
		JsonNode rule = rule("Reputation");
		assertThat(rule.at("/Statement/ManagedRuleGroupStatement/Name").asString())
			.isEqualTo("AWSManagedRulesAmazonIpReputationList");
		assertThat(rule.at("/Statement/ManagedRuleGroupStatement/RuleActionOverrides")).isEmpty();
		assertThat(rule.get("OverrideAction").has("None")).isTrue();
	}

	@Test
	void blocksByRateWhatNoUsagePlanAllows() {
		JsonNode rule = rule("Rate");
		assertThat(rule.get("Action").has("Block")).isTrue();
		JsonNode rate = rule.at("/Statement/RateBasedStatement");
		assertThat(rate.get("AggregateKeyType").asString()).isEqualTo("IP");
		assertThat(rate.get("Limit").asDouble() / rate.get("EvaluationWindowSec").asDouble())
			.isEqualTo(2 * new GatewaySettings().highestRate());
	}

	@Test
	void standsInFrontOfTheStage() {
		Resource association = this.gateway.only("AWS::WAFv2::WebACLAssociation");
		assertThat(association.mentions(this.gateway.only("AWS::ApiGateway::Stage").id())).isTrue();
		assertThat(association.mentions(this.gateway.only("AWS::ApiGateway::RestApi").id())).isTrue();
		assertThat(association.mentions(this.acl.id())).isTrue();
	}

	@Test
	void showsNobodysTokenOrKey() {
		assertThat(this.logging.at("RedactedFields")).extracting((field) -> field.at("/SingleHeader/Name").asString())
			.containsExactlyInAnyOrder("authorization", "x-api-key");
		JsonNode samples = this.acl.at("DataProtectionConfig/DataProtections/0");
		assertThat(samples.get("Action").asString()).isEqualTo("SUBSTITUTION");
		assertThat(samples.at("/Field/FieldKeys")).extracting(JsonNode::asString)
			.containsExactlyInAnyOrder("authorization", "x-api-key");
	}

	@Test
	void logsWhatItCountedAndBlockedWhereItMay() {
		assertThat(this.logging.at("LoggingFilter/DefaultBehavior").asString()).isEqualTo("DROP");
		assertThat(this.logging.at("LoggingFilter/Filters/0/Conditions"))
			.extracting((condition) -> condition.at("/ActionCondition/Action").asString())
			.contains("BLOCK", "COUNT");
		Resource group = this.gateway.only("AWS::Logs::LogGroup",
				(log) -> log.text("LogGroupName").startsWith("aws-waf-logs-"));
		assertThat(group.at("RetentionInDays").asInt()).isPositive();
		assertThat(this.logging.at("LogDestinationConfigs").toString()).contains(group.id()).doesNotContain("\"Arn\"");
		assertThat(this.gateway.only("AWS::Logs::ResourcePolicy").at("PolicyDocument").toString()).contains(group.id(),
				"delivery.logs.amazonaws.com", "aws:SourceAccount");
	}

	private JsonNode rule(String name) {
		for (JsonNode rule : this.acl.at("Rules")) {
			if (rule.get("Name").asString().equals(name)) {
				return rule;
			}
		}
		throw new AssertionError("no rule " + name);
	}

	private boolean blocks(String path, String label) {
		for (JsonNode rule : this.acl.at("Rules")) {
			if (rule.path("Action").has("Block") && matches(rule.get("Statement"), path, Set.of(label))) {
				return true;
			}
		}
		return false;
	}

	private static boolean matches(JsonNode statement, String path, Set<String> labels) {
		String kind = statement.propertyNames().iterator().next();
		JsonNode inner = statement.get(kind);
		return switch (kind) {
			case "AndStatement" ->
				inner.get("Statements").valueStream().allMatch((each) -> matches(each, path, labels));
			case "OrStatement" -> inner.get("Statements").valueStream().anyMatch((each) -> matches(each, path, labels));
			case "NotStatement" -> !matches(inner.get("Statement"), path, labels);
			case "LabelMatchStatement" -> labels.contains(inner.get("Key").asString());
			case "RegexMatchStatement" ->
				java.util.regex.Pattern.compile(inner.get("RegexString").asString()).matcher(path).find();
			case "RateBasedStatement" -> false;
			default -> throw new AssertionError("what would " + kind + " match?");
		};
	}

}
