package io.punctual.infrastructure;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What all functions have in common: who calls them, and where they say what they did.
 */
@NeedsNode
class FunctionsTests {

	private static Collection<Template> stacks() {
		return Synthesised.production().stacks().values();
	}

	/**
	 * By name, who may call; of a schedule and of a change, the rule that does.
	 */
	@Test
	void areCalledByWhoHasToAndByNobodyElse() {
		Map<String, Collection<String>> callers = new TreeMap<>();
		for (Template stack : stacks()) {
			for (Resource permission : stack.all("AWS::Lambda::Permission")) {
				Resource function = stack.only("AWS::Lambda::Function",
						(one) -> one.id().equals(permission.text("FunctionName/Fn::GetAtt/0")));
				String from = permission.text("SourceArn/Fn::GetAtt/0").replaceAll("[0-9A-F]{8}$", "");
				callers.computeIfAbsent(function.text("FunctionName"), (none) -> new TreeSet<>())
					.add((permission.text("Action") + " " + permission.text("Principal") + " " + from).strip());
			}
		}
		assertThat(callers).isEqualTo(Map.of("punctual-canary",
				new TreeSet<>(java.util.Set.of("lambda:InvokeFunction events.amazonaws.com Every")),
				"punctual-deployment-watcher",
				new TreeSet<>(java.util.Set.of("lambda:InvokeFunction events.amazonaws.com FunctionsChanges")),
				"punctual-identity-relay",
				new TreeSet<>(java.util.Set.of("lambda:InvokeFunction elasticloadbalancing.amazonaws.com")),
				"punctual-canary-receiver",
				new TreeSet<>(java.util.Set.of("lambda:InvokeFunction *", "lambda:InvokeFunctionUrl *")),
				"punctual-synthetic-receiver",
				new TreeSet<>(java.util.Set.of("lambda:InvokeFunction *", "lambda:InvokeFunctionUrl *"))));
	}

	/**
	 * Since October 2025 a new address needs both permissions; neither may let anybody
	 * call past it.
	 * @see <a href= "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html">Control
	 * access to Lambda function URLs</a>
	 */
	@Test
	void areCalledByAnybodyThroughTheirAddressOnly() {
		for (Template stack : stacks()) {
			assertThat(stack.all("AWS::Lambda::Permission"))
				.filteredOn((permission) -> permission.text("Principal").equals("*"))
				.allSatisfy((permission) -> assertThat(permission.text("Action").equals("lambda:InvokeFunctionUrl")
						? permission.text("FunctionUrlAuthType").equals("NONE")
						: permission.at("InvokedViaFunctionUrl").asBoolean(false))
					.isTrue());
			assertThat(stack.all("AWS::Lambda::Url")).allSatisfy((url) -> {
				assertThat(url.text("AuthType")).isEqualTo("NONE");
				assertThat(stack
					.only("AWS::Lambda::Function", (one) -> one.id().equals(url.text("TargetFunctionArn/Fn::GetAtt/0")))
					.text("FunctionName")).endsWith("-receiver");
			});
		}
	}

	@Test
	void sayWhatTheyDidInGroupsThatAreTheirs() {
		for (Template stack : stacks()) {
			assertThat(stack.all("AWS::Lambda::Function")).allSatisfy((function) -> {
				Resource log = stack.only("AWS::Logs::LogGroup",
						(one) -> one.id().equals(function.text("LoggingConfig/LogGroup/Ref")));
				assertThat(log.text("LogGroupName")).as(function.id())
					.endsWith("/" + function.text("FunctionName").replace("punctual-identity", "identity"));
				assertThat(function.text("Runtime")).isIn("java25", "nodejs22.x", "nodejs24.x");
				assertThat(function.at("Architectures").toString()).isEqualTo("[\"arm64\"]");
				assertThat(function.at("MemorySize").asInt()).isBetween(256, 1024);
			});
		}
	}

	@Test
	void andMachinesAreWokenByRulesThatAreOn() {
		assertThat(Synthesised.production().all("AWS::Events::Rule")).hasSize(5)
			.allSatisfy((rule) -> assertThat(rule.text("State")).as(rule.id()).isEqualTo("ENABLED"));
	}

}
