package io.punctual.infrastructure.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Whether there is the Node that the CDK runs on.
 */
final class NodeCondition implements ExecutionCondition {

	private static final int OLDEST = 20;

	private static final ConditionEvaluationResult RESULT = evaluate("node");

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		return RESULT;
	}

	/**
	 * Asks the given command for its version.
	 */
	static ConditionEvaluationResult evaluate(String command) {
		String found;
		try {
			Process process = new ProcessBuilder(command, "--version").redirectErrorStream(true).start();
			found = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
				.findFirst()
				.orElse("");
		}
		catch (IOException ex) {
			return missing("There is none on the PATH.");
		}
		if (!found.matches("v\\d+\\..*") || Integer.parseInt(found.substring(1, found.indexOf('.'))) < OLDEST) {
			return missing("Found: " + found);
		}
		return ConditionEvaluationResult.enabled("Node " + found);
	}

	private static ConditionEvaluationResult missing(String found) {
		String reason = ("The infrastructure's tests are skipped: the CDK needs Node.js %d or later on the PATH. %s "
				+ "Install it from https://nodejs.org or by your system's packages (apt install nodejs, "
				+ "brew install node, winget install OpenJS.NodeJS.LTS).")
			.formatted(OLDEST, found);
		System.err.println(reason);
		return ConditionEvaluationResult.disabled(reason);
	}

}
