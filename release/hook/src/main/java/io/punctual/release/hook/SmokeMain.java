package io.punctual.release.hook;

import java.util.Map;

import io.punctual.release.hook.check.Caller;
import io.punctual.release.hook.check.CheckException;
import io.punctual.release.hook.check.PublicSmoke;
import io.punctual.release.hook.deployment.Secrets;
import io.punctual.release.hook.deployment.Settings;

/**
 * The public smoke test, as a program for the pipeline's last stage
 * ({@code release/smoke}).
 */
public final class SmokeMain {

	private SmokeMain() {
	}

	public static void main(String[] args) {
		Map<String, String> variables = System.getenv();
		Secrets secrets = Secrets.ofEnvironment();
		try (Caller caller = new Caller(secrets.credential("PUNCTUAL_CREDENTIAL"))) {
			System.out.println(
					"An update arrived, signed, at " + new PublicSmoke(caller, Settings.need(variables, "PUNCTUAL_API"))
						.run(Settings.need(variables, "PUNCTUAL_RECEIVER"),
								(endpoint, secret) -> secrets.keep("PUNCTUAL_RECEIVER_SECRET", secret)));
		}
		catch (CheckException ex) {
			System.err.println("The public smoke test failed: " + ex.getMessage());
			System.exit(1);
		}
	}

}
