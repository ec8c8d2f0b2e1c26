package io.punctual.infrastructure;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What all policies of all roles have in common.
 */
@NeedsNode
class PoliciesTests {

	/**
	 * Actions that IAM knows no resource for, by the Service Authorization Reference.
	 */
	private static final Set<String> KNOW_NO_RESOURCE = Set.of("cloudwatch:PutMetricData", "ecr:GetAuthorizationToken",
			"ecs:DescribeTaskDefinition", "ecs:RegisterTaskDefinition", "inspector-scan:ScanSbom",
			"logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:DescribeLogGroups",
			"logs:DescribeResourcePolicies", "logs:GetLogDelivery", "logs:ListLogDeliveries", "logs:PutResourcePolicy",
			"logs:UpdateLogDelivery", "xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords",
			"xray:PutTraceSegments");

	@Test
	void grantsNoServiceWhole() {
		assertThat(statements()).isNotEmpty()
			.allSatisfy((statement) -> assertThat(statement.get("Action").toString())
				.doesNotContainPattern("\"[a-z-]*:\\*\"|\"\\*\""));
	}

	@Test
	void grantsEveryResourceOnlyWhereAServiceKnowsNone() {
		Set<String> granted = new TreeSet<>();
		statements().stream()
			.filter((statement) -> texts(statement.path("Resource")).contains("*"))
			.forEach((statement) -> granted.addAll(texts(statement.path("Action"))));
		assertThat(granted).isEqualTo(KNOW_NO_RESOURCE);
	}

	@Test
	void keepsMetricsToOurNamespace() {
		assertThat(statements())
			.filteredOn((statement) -> statement.get("Action").toString().contains("cloudwatch:PutMetricData"))
			.hasSizeGreaterThanOrEqualTo(4)
			.allSatisfy(
					(statement) -> assertThat(statement.at("/Condition/StringEquals/cloudwatch:namespace").asString())
						.isIn("Punctual", "Punctual/Drill"));
	}

	private static List<JsonNode> statements() {
		List<JsonNode> statements = new ArrayList<>();
		for (Template template : Synthesised.production().stacks().values()) {
			for (String type : List.of("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")) {
				template.all(type).forEach((policy) -> policy.at("PolicyDocument/Statement").forEach(statements::add));
			}
			template.all("AWS::IAM::Role")
				.forEach((role) -> role.at("Policies")
					.forEach((policy) -> policy.at("/PolicyDocument/Statement").forEach(statements::add)));
		}
		return statements;
	}

	/**
	 * One text or a list of them; what only a deployment knows is left out.
	 */
	private static Set<String> texts(JsonNode node) {
		Set<String> texts = new TreeSet<>();
		(node.isArray() ? node : JsonMapper.shared().createArrayNode().add(node)).forEach((one) -> {
			if (one.isString()) {
				texts.add(one.asString());
			}
		});
		return texts;
	}

}
