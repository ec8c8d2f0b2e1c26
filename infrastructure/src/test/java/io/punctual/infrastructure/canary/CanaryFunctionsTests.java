package io.punctual.infrastructure.canary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The canary's functions have what their code asks for.
 */
@NeedsNode
class CanaryFunctionsTests {

	private final Template stack = Synthesised.production().stack("Canary");

	private String code = "";

	@BeforeEach
	void read() throws IOException {
		this.code = Files.readString(Path.of("src/main/resources/canary/index.mjs"));
	}

	private Resource function(String name) {
		return this.stack.only("AWS::Lambda::Function", (function) -> function.text("FunctionName").equals(name));
	}

	@Test
	void areToldWhatTheyRead() {
		Matcher read = Pattern.compile("const \\{([A-Z_, ]+)} = process\\.env").matcher(this.code);
		assertThat(read.find()).isTrue();
		assertThat(function("punctual-canary").at("Environment/Variables").propertyNames())
			.containsExactlyInAnyOrderElementsOf(List.of(read.group(1).split(", ")));
		assertThat(function("punctual-canary-receiver").at("Environment/Variables").propertyNames())
			.containsExactly("TABLE");
		assertThat(this.stack.all("AWS::Lambda::Function"))
			.allSatisfy((function) -> assertThat(function.text("Environment/Variables/TABLE/Ref"))
				.isEqualTo(this.stack.only("AWS::DynamoDB::Table").id()));
	}

	@Test
	void beginWhereTheirCodeBegins() {
		for (Resource function : this.stack.all("AWS::Lambda::Function")) {
			assertThat(function.text("Handler")).startsWith("index.");
			assertThat(this.code)
				.contains("export async function " + function.text("Handler").substring("index.".length()) + "(");
		}
	}

	/**
	 * It waits a minute for its webhook and ends before the next one sings.
	 */
	@Test
	void haveTheTimeThatTheyTake() {
		assertThat(function("punctual-canary").at("Timeout").asInt()).isBetween(120, 299);
		assertThat(function("punctual-canary-receiver").at("Timeout").asInt()).isBetween(5, 10);
		assertThat(function("punctual-canary-receiver").at("ReservedConcurrentExecutions").asInt()).isEqualTo(5);
	}

	/**
	 * A try that is made again would publish twice.
	 */
	@Test
	void areNotTriedAgainBySomebodyElse() {
		assertThat(this.stack.only("AWS::Events::Rule").at("Targets/0/RetryPolicy/MaximumRetryAttempts").asInt(-1))
			.isZero();
	}

	@Test
	void rememberByTheKeyThatTheyLookForAndForgetAfterADay() {
		Resource memory = this.stack.only("AWS::DynamoDB::Table");
		assertThat(this.code).contains("Key: {id: {S: id}}", "item.expires = {N:");
		assertThat(memory.at("KeySchema").toString()).isEqualTo("[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]");
		assertThat(memory.at("AttributeDefinitions").toString())
			.isEqualTo("[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}]");
		assertThat(memory.text("TimeToLiveSpecification/AttributeName")).isEqualTo("expires");
		assertThat(memory.at("TimeToLiveSpecification/Enabled").asBoolean(false)).isTrue();
		assertThat(memory.text("BillingMode")).isEqualTo("PAY_PER_REQUEST");
	}

	@Test
	void slownessIsToldInTheMorning() {
		assertThat(this.stack
			.only("AWS::CloudWatch::Alarm", (alarm) -> alarm.text("AlarmName").equals("punctual-canary-slow"))
			.at("AlarmActions")
			.toString()).contains("Tickets");
	}

}
