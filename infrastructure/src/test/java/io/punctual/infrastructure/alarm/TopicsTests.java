package io.punctual.infrastructure.alarm;

import java.util.List;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where alarms go: in the region, and in the one in which Route 53 has its metrics.
 */
@NeedsNode
class TopicsTests {

	private static final String[] SPEAKERS = { "budgets.amazonaws.com", "cloudwatch.amazonaws.com",
			"costalerts.amazonaws.com", "events.rds.amazonaws.com" };

	@ParameterizedTest
	@CsvSource({ "Observation, punctual-pages punctual-tickets", "Failover, punctual-pages" })
	void mailWhatTheyHearToTheOperators(String name, String topics) {
		Template stack = Synthesised.production().stack(name);
		assertThat(stack.all("AWS::SNS::Topic")).extracting((topic) -> topic.text("TopicName"))
			.containsExactlyInAnyOrder(topics.split(" "));
		assertThat(stack.all("AWS::SNS::Subscription")).allSatisfy((subscription) -> {
			assertThat(subscription.text("Protocol")).isEqualTo("email");
			assertThat(subscription.text("Endpoint")).isEqualTo("operators@punctual.example");
		})
			.extracting((subscription) -> subscription.text("TopicArn/Ref"))
			.containsExactlyInAnyOrderElementsOf(stack.all("AWS::SNS::Topic").stream().map(Resource::id).toList());
	}

	/**
	 * Who may publish but not encrypt is not heard.
	 */
	@ParameterizedTest
	@CsvSource({ "Observation", "Failover" })
	void letWhoeverSpeaksUseTheirKeyAndOfThisAccountOnly(String name) {
		Template stack = Synthesised.production().stack(name);
		speakers(stack.only("AWS::KMS::Key").at("KeyPolicy/Statement"), "[\"kms:Decrypt\",\"kms:GenerateDataKey*\"]");
		assertThat(stack.all("AWS::SNS::TopicPolicy")).isNotEmpty()
			.allSatisfy((policy) -> speakers(policy.at("PolicyDocument/Statement"), "\"sns:Publish\""));
	}

	private static void speakers(JsonNode statements, String action) {
		List<JsonNode> found = statements.valueStream()
			.filter((statement) -> statement.at("/Principal/Service").isArray())
			.toList();
		assertThat(found).singleElement().satisfies((statement) -> {
			assertThat(statement.at("/Principal/Service")).extracting(JsonNode::asString)
				.containsExactlyInAnyOrder(SPEAKERS);
			assertThat(statement.path("Action").toString()).isEqualTo(action);
			assertThat(statement.path("Condition").toString())
				.isEqualTo("{\"StringEquals\":{\"aws:SourceAccount\":\"222222222222\"}}");
		});
	}

	@Test
	void keyIsFoundByTheSameNameInBothRegions() {
		for (String name : List.of("Observation", "Failover")) {
			Template stack = Synthesised.production().stack(name);
			assertThat(stack.only("AWS::KMS::Alias").text("AliasName")).isEqualTo("alias/punctual-alarms");
			assertThat(stack.only("AWS::KMS::Alias").text("TargetKeyId/Fn::GetAtt/0"))
				.isEqualTo(stack.only("AWS::KMS::Key").id());
		}
	}

}
