package io.punctual.release.hook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.punctual.release.hook.check.Caller;
import io.punctual.release.hook.check.Gate;
import io.punctual.release.hook.deployment.Secrets;
import io.punctual.release.hook.deployment.Settings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes the work from a release: called by the watcher, which does not reach the services
 * itself, with {@code {"service":…,"release":…}}.
 */
public final class GateHandler implements RequestStreamHandler {

	private static final JsonMapper JSON = new JsonMapper();

	@Override
	public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
		JsonNode event = JSON.readTree(input);
		String service = event.path("service").asString();
		String base = Settings.need(System.getenv(), "PUNCTUAL_LIVE_" + service.toUpperCase(Locale.ROOT));
		try (Caller caller = new Caller(Secrets.ofEnvironment().credential("PUNCTUAL_CREDENTIAL"))) {
			String outcome = reject(new Gate(caller, base), event.path("release").asString());
			System.out.println(service + ": " + outcome);
			output.write(JSON.writeValueAsBytes(Map.of("outcome", outcome)));
		}
	}

	/**
	 * Rejects a release whose deployment failed.
	 * @param gate its service's gate
	 * @param release its id
	 * @return what was done, for the log
	 */
	static String reject(Gate gate, String release) {
		Gate.State before = gate.state();
		String state = before.states().get(release);
		if (state == null || state.equals("REJECTED")) {
			return release + " has no gate to lose";
		}
		boolean alone = before.states().keySet().stream().allMatch((other) -> other.equals(release));
		if (alone) {
			// The same commit was deployed again, or it is the first: nobody else could
			// work.
			return release + " is the only release and keeps its gate";
		}
		gate.reject(release);
		return release + " is rejected, was " + state;
	}

}
