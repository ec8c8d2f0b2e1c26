package io.punctual.infrastructure;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What all topics and queues have in common.
 */
@NeedsNode
class MessagesTests {

	private static Collection<Template> stacks() {
		return Synthesised.production().stacks().values();
	}

	@Test
	void lieEncryptedWhereTheyWait() {
		int queues = 0;
		for (Template stack : stacks()) {
			Set<String> keys = new TreeSet<>();
			stack.all("AWS::KMS::Key").forEach((key) -> keys.add(key.id()));
			assertThat(stack.all("AWS::SNS::Topic"))
				.allSatisfy((topic) -> assertThat(keys).as(stack.stack() + topic.id())
					.contains(topic.text("KmsMasterKeyId/Fn::GetAtt/0")));
			assertThat(stack.all("AWS::SQS::Queue"))
				.allSatisfy((queue) -> assertThat(queue.at("SqsManagedSseEnabled").asBoolean(false)
						|| keys.contains(queue.text("KmsMasterKeyId/Fn::GetAtt/0")))
					.as(queue.id())
					.isTrue());
			queues += stack.all("AWS::SQS::Queue").size();
		}
		assertThat(queues).isEqualTo(3);
	}

	@Test
	void waitForTwoWeeks() {
		for (Template stack : stacks()) {
			assertThat(stack.all("AWS::SQS::Queue"))
				.allSatisfy((queue) -> assertThat(queue.at("MessageRetentionPeriod").asInt()).as(queue.id())
					.isEqualTo(14 * 24 * 3600));
		}
	}

	@Test
	void comeAndGoByTlsOnly() {
		for (Template stack : stacks()) {
			for (Resource topic : stack.all("AWS::SNS::Topic")) {
				refusesTheClear(policyOf(stack, "AWS::SNS::TopicPolicy", "Topics", topic), "sns:Publish", topic);
			}
			for (Resource queue : stack.all("AWS::SQS::Queue")) {
				refusesTheClear(policyOf(stack, "AWS::SQS::QueuePolicy", "Queues", queue), "sqs:*", queue);
			}
		}
	}

	private static Resource policyOf(Template stack, String type, String list, Resource of) {
		return stack.only(type, (policy) -> policy.text(list + "/0/Ref").equals(of.id()));
	}

	private static void refusesTheClear(Resource policy, String action, Resource of) {
		assertThat(policy.at("PolicyDocument/Statement")).as(of.id())
			.filteredOn((statement) -> statement.path("Effect").asString().equals("Deny"))
			.singleElement()
			.satisfies((statement) -> {
				assertThat(statement.path("Action").asString()).isEqualTo(action);
				assertThat(statement.path("Principal").toString()).isIn("\"*\"", "{\"AWS\":\"*\"}");
				assertThat(statement.at("/Condition/Bool/aws:SecureTransport").asString()).isEqualTo("false");
				assertThat(statement.path("Resource").toString()).contains("\"" + of.id() + "\"");
			});
	}

	/**
	 * Services of AWS for this account, each known by account or by what it speaks of; of
	 * EventBridge, which tells neither of a topic, {@code AlarmTests} say why.
	 */
	@Test
	void areSentByNobodyOutsideOfThisAccount() {
		Set<String> speakers = new TreeSet<>();
		for (Template stack : stacks()) {
			for (String type : Set.of("AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy")) {
				stack.all(type).forEach((policy) -> policy.at("PolicyDocument/Statement").forEach((statement) -> {
					if (statement.path("Effect").asString().equals("Allow")) {
						assertThat(statement.path("Action").asString()).isIn("sns:Publish", "sqs:SendMessage");
						services(statement).forEach((service) -> speakers.add(stack.stack() + " " + service
								+ (statement.toString().matches(".*(?i)\"aws:Source(Account|Arn)\".*") ? ""
										: " of any")));
					}
				}));
			}
		}
		assertThat(speakers).containsExactly("Deployment events.amazonaws.com", "Domain ses.amazonaws.com",
				"Domain sns.amazonaws.com", "Failover budgets.amazonaws.com", "Failover cloudwatch.amazonaws.com",
				"Failover costalerts.amazonaws.com", "Failover events.rds.amazonaws.com",
				"Observation budgets.amazonaws.com", "Observation cloudwatch.amazonaws.com",
				"Observation costalerts.amazonaws.com", "Observation events.amazonaws.com of any",
				"Observation events.rds.amazonaws.com");
	}

	private static Set<String> services(JsonNode statement) {
		Set<String> services = new TreeSet<>();
		JsonNode named = statement.at("/Principal/Service");
		if (named.isArray()) {
			named.forEach((one) -> services.add(one.asString()));
		}
		else {
			services.add(named.asString());
		}
		return services;
	}

}
