package io.punctual.infrastructure;

import java.util.ArrayList;
import java.util.List;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What all policies of all roles have in common.
 */
@NeedsNode
class PoliciesTests {

	@Test
	void grantsNoServiceWhole() {
		assertThat(statements()).isNotEmpty()
			.allSatisfy((statement) -> assertThat(statement.get("Action").toString())
				.doesNotContainPattern("\"[a-z-]*:\\*\"|\"\\*\""));
	}

	@Test
	void grantsEveryResourceOnlyWhereAServiceKnowsNone() {
		assertThat(statements()).filteredOn((statement) -> statement.path("Resource").asString("").equals("*"))
			.extracting((statement) -> statement.get("Action").toString())
			.allMatch((actions) -> actions.contains("ecr:GetAuthorizationToken")
					|| actions.contains("cloudwatch:PutMetricData") || actions.contains("logs:CreateLogDelivery")
					|| actions.contains("xray:") || actions.equals("\"ecs:RegisterTaskDefinition\"")
					|| actions.equals("\"ecs:DescribeTaskDefinition\""));
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
			for (Template.Resource policy : template.all("AWS::IAM::Policy")) {
				policy.at("PolicyDocument/Statement").forEach(statements::add);
			}
		}
		return statements;
	}

}
