package io.punctual.release.hook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.punctual.release.hook.check.Caller;
import io.punctual.release.hook.check.CheckException;
import io.punctual.release.hook.check.Validation;
import io.punctual.release.hook.deployment.CodeDeployments;
import io.punctual.release.hook.deployment.Reports;
import io.punctual.release.hook.deployment.Secrets;
import io.punctual.release.hook.deployment.Settings;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The functions {@code CodeDeployHook_<service>}: called with green behind the test
 * listener, before any traffic moves.
 */
public final class HookHandler implements RequestStreamHandler {

	/** What reporting may take of the function's time. */
	private static final Duration RESERVED = Duration.ofSeconds(15);

	private static final JsonMapper JSON = new JsonMapper();

	private final Reports reports;

	private final Hook.Validating validating;

	public HookHandler() {
		this(CodeDeployClient.create());
	}

	private HookHandler(CodeDeployClient codeDeploy) {
		this(CodeDeployments.reports(codeDeploy),
				waiting((deploymentId) -> CodeDeployments.goesOn(codeDeploy, deploymentId), HookHandler::validate));
	}

	HookHandler(Reports reports, Hook.Validating validating) {
		this.reports = reports;
		this.validating = validating;
	}

	@Override
	public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
		JsonNode event = JSON.readTree(input);
		Duration budget = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(RESERVED);
		boolean succeeded = new Hook(this.reports, this.validating, System.out::println).run(
				event.path("DeploymentId").asString(), event.path("LifecycleEventHookExecutionId").asString(),
				budget.isPositive() ? budget : Duration.ZERO);
		output.write(JSON.writeValueAsBytes(Map.of("succeeded", succeeded)));
	}

	/**
	 * Lambda may call twice, and late: what has been refused meanwhile must not be let
	 * in.
	 */
	static Hook.Validating waiting(Predicate<String> goesOn, Hook.Validating validating) {
		return (deploymentId) -> {
			if (!goesOn.test(deploymentId)) {
				throw new CheckException("the deployment " + deploymentId + " is over");
			}
			validating.validate(deploymentId);
		};
	}

	private static void validate(String deploymentId) {
		Caller.Credential credential = Secrets.ofEnvironment().credential("PUNCTUAL_CREDENTIAL");
		try (Caller caller = new Caller(credential)) {
			new Validation(caller, Settings.services(System.getenv()), System.out::println).run(deploymentId);
		}
	}

}
