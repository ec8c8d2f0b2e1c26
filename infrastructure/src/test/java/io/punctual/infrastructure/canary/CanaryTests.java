package io.punctual.infrastructure.canary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The canary stands outside, may do little, and its silence rings.
 */
@NeedsNode
class CanaryTests {

	private final Template stack = Synthesised.production().stack("Canary");

	private Resource function(String name) {
		return this.stack.only("AWS::Lambda::Function", (function) -> function.text("FunctionName").equals(name));
	}

	@Test
	void itsOwnTestsPass() throws IOException, InterruptedException {
		Process process = new ProcessBuilder("node", "--test", "src/test/resources/canary/canary.test.mjs")
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		assertThat(output).contains("pass 8");
	}

	@Test
	void standsOutsideOfTheNetwork() {
		assertThat(this.stack.all("AWS::Lambda::Function")).hasSize(2)
			.allSatisfy((function) -> assertThat(function.at("VpcConfig").isMissingNode()).isTrue());
		assertThat(function("punctual-canary").text("Environment/Variables/API"))
			.isEqualTo("https://api.punctual.example");
	}

	@Test
	void singsEveryFiveMinutesAndNeverTwiceAtOnce() {
		Resource rule = this.stack.only("AWS::Events::Rule");
		assertThat(rule.text("ScheduleExpression")).isEqualTo("rate(5 minutes)");
		assertThat(rule.mentions(function("punctual-canary").id())).isTrue();
		assertThat(function("punctual-canary").at("ReservedConcurrentExecutions").asInt()).isEqualTo(1);
	}

	@Test
	void mayDoNoMoreThanItNeeds() {
		assertThat(this.stack.all("AWS::IAM::Policy")).hasSize(2)
			.allSatisfy((policy) -> assertThat(policy.at("PolicyDocument").toString())
				.doesNotContain("\"Resource\":\"*\"", "dynamodb:*", "secretsmanager:*", "DeleteItem", "Scan"));
		assertThat(this.stack.named("AWS::IAM::Policy", "Receiver").json().toString()).doesNotContain("secretsmanager");
	}

	@Test
	void tellsNoSecretInItsVariables() {
		assertThat(function("punctual-canary").at("Environment/Variables").toString()).doesNotContain("resolve:")
			.contains("SECRET");
	}

	@Test
	void silenceAndFailureRingAfterTenMinutes() {
		Resource alarm = this.stack.only("AWS::CloudWatch::Alarm",
				(candidate) -> candidate.text("AlarmName").equals("punctual-canary-failing"));
		assertThat(alarm.text("TreatMissingData")).isEqualTo("breaching");
		assertThat(alarm.at("DatapointsToAlarm").asInt()).isEqualTo(2);
		assertThat(alarm.at("EvaluationPeriods").asInt()).isEqualTo(3);
		assertThat(alarm.at("AlarmActions").toString()).contains("Pages");
	}

}
