package io.punctual.release.hook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.punctual.release.hook.check.Caller;
import io.punctual.release.hook.check.Gate;
import io.punctual.release.hook.deployment.CodeDeployments;
import io.punctual.release.hook.deployment.EcsScaling;
import io.punctual.release.hook.deployment.Secrets;
import io.punctual.release.hook.deployment.Settings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Called by EventBridge with each change of a deployment's state. What it throws,
 * EventBridge's delivery tries again.
 */
public final class WatcherHandler implements RequestStreamHandler {

	private static final JsonMapper JSON = new JsonMapper();

	@Override
	public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
		JsonNode detail = JSON.readTree(input).path("detail");
		Map<String, String> variables = System.getenv();
		try (Caller caller = new Caller(Secrets.ofEnvironment().credential("PUNCTUAL_CREDENTIAL"))) {
			new Watcher(new CodeDeployments(), new EcsScaling(variables),
					(service) -> new Gate(caller,
							Settings.need(variables, "PUNCTUAL_LIVE_" + service.toUpperCase(java.util.Locale.ROOT))),
					System.out::println)
				.changed(detail.path("deploymentGroup").asString(), detail.path("deploymentId").asString(),
						detail.path("state").asString());
		}
	}

}
