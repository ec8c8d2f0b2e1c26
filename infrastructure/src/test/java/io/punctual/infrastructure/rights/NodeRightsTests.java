package io.punctual.infrastructure.rights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A function of Node.js may do what it calls, and write its log.
 */
@NeedsNode
class NodeRightsTests {

	private static final Pattern CALL = Pattern.compile("new ([A-Z][A-Za-z]+)Command\\(");

	private static final Set<String> LOG = Set.of("logs:CreateLogStream", "logs:PutLogEvents");

	@Test
	void canaryMayRememberAndReadItsOwnSecret() throws IOException {
		Set<String> called = new TreeSet<>(LOG);
		CALL.matcher(Files.readString(Path.of("src/main/resources/canary/index.mjs")))
			.results()
			.forEach((call) -> called
				.add((call.group(1).endsWith("Item") ? "dynamodb:" : "secretsmanager:") + call.group(1)));
		assertThat(called).hasSize(5);
		// The CDK grants it with the reading of a secret.
		called.add("secretsmanager:DescribeSecret");
		assertThat(granted("Canary", "punctual-canary")).isEqualTo(called);
		called.removeIf((action) -> action.startsWith("secretsmanager:"));
		assertThat(granted("Canary", "punctual-canary-receiver")).isEqualTo(called);
	}

	@Test
	void relayOfTheIssuerMayDoNothing() {
		assertThat(granted("Compute", "punctual-identity-relay")).isEqualTo(LOG);
	}

	private static Set<String> granted(String stack, String name) {
		Template template = Synthesised.production().stack(stack);
		Resource function = template.only("AWS::Lambda::Function", (one) -> one.text("FunctionName").equals(name));
		return Granted.to(template, Granted.roleOf(function, "Role"));
	}

}
