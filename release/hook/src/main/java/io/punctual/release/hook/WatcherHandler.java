package io.punctual.release.hook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.punctual.release.hook.deployment.CodeDeployments;
import io.punctual.release.hook.deployment.EcsScaling;
import io.punctual.release.hook.deployment.Settings;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Called by EventBridge with each change of a deployment's state. It stands outside of
 * the network, where AWS's services are; the gate is asked through {@link GateHandler}.
 * What it throws, EventBridge's delivery tries again.
 */
public final class WatcherHandler implements RequestStreamHandler {

	private static final JsonMapper JSON = new JsonMapper();

	@Override
	public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
		JsonNode detail = JSON.readTree(input).path("detail");
		Map<String, String> variables = System.getenv();
		String function = Settings.need(variables, "PUNCTUAL_GATE_FUNCTION");
		new Watcher(new CodeDeployments(), new EcsScaling(variables),
				(service, release) -> reject(LambdaClient.create(), function, service, release), System.out::println)
			.changed(detail.path("deploymentGroup").asString(), detail.path("deploymentId").asString(),
					detail.path("state").asString());
	}

	static void reject(LambdaClient lambda, String function, String service, String release) {
		InvokeResponse response = lambda.invoke((request) -> request.functionName(function)
			.payload(SdkBytes.fromUtf8String(JSON.writeValueAsString(Map.of("service", service, "release", release)))));
		if (response.functionError() != null) {
			throw new IllegalStateException("the gate was not closed: " + response.payload().asUtf8String());
		}
	}

}
