package io.punctual.local.edge;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.punctual.local.edge.Rules.World;
import io.punctual.local.edge.document.Operation;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * The rules of who is let in, and with what.
 */
class AccessRulesTests extends RulesTest {

	@TestFactory
	Stream<DynamicTest> eachScopeLetsItsHoldersIn() {
		return operations().stream()
			.flatMap((operation) -> operation.scopes()
				.stream()
				.map((scope) -> dynamicTest(name(operation) + " scope " + scope, () -> {
					World before = rules.world(operation);
					World after = rules.world(operation, (raw) -> scopes(raw).remove(scope));
					assertThat(before.status(operation, scope)).isEqualTo(200);
					assertThat(after.status(operation, scope)).isEqualTo(401);
				})));
	}

	@TestFactory
	Stream<DynamicTest> eachOperationRefusesWhoHasNoToken() {
		return operations().stream().map((operation) -> dynamicTest(name(operation) + " token", () -> {
			World after = rules.world(operation, (raw) -> security(raw).remove("oauth2"));
			assertThat(rules.world(operation).status(operation, null)).isEqualTo(401);
			assertThat(after.status(operation, null)).isEqualTo(200);
		}));
	}

	@TestFactory
	Stream<DynamicTest> eachKeyIsAskedFor() {
		List<Operation> keyed = operations().stream().filter(Operation::apiKeyRequired).toList();
		assertThat(keyed).isNotEmpty();
		return keyed.stream().map((operation) -> dynamicTest(name(operation) + " key", () -> {
			String scope = operation.scopes().iterator().next();
			World after = rules.world(operation, (raw) -> security(raw).remove("apiKey"));
			assertThat(rules.world(operation).withKey("").status(operation, scope)).isEqualTo(403);
			assertThat(after.withKey("").status(operation, scope)).isEqualTo(200);
		}));
	}

	@TestFactory
	Stream<DynamicTest> eachRequiredParameterIsAskedFor() {
		return operations().stream()
			.flatMap((operation) -> operation.required()
				.stream()
				.filter((parameter) -> !parameter.in().equals("path"))
				.map((parameter) -> dynamicTest(name(operation) + " needs " + parameter.name(), () -> {
					String scope = operation.scopes().iterator().next();
					World before = rules.world(operation).without(parameter.name());
					World after = rules
						.world(operation,
								(raw) -> rules.parameters(raw)
									.removeIf((one) -> parameter.name().equals(one.get("name"))))
						.without(parameter.name());
					assertThat(before.status(operation, scope)).isEqualTo(400);
					assertThat(after.status(operation, scope)).isEqualTo(200);
				})));
	}

	private static List<?> scopes(Map<String, Object> raw) {
		return (List<?>) Objects.requireNonNull(security(raw).get("oauth2"));
	}

}
