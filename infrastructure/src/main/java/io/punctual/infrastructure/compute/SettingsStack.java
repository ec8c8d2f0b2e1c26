package io.punctual.infrastructure.compute;

import io.punctual.infrastructure.common.Named;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.services.ssm.CfnParameter;
import software.constructs.Construct;

/**
 * Tells the release what it has to fill into its templates; on the first run, deploying
 * it deploys all that comes before the services.
 */
public final class SettingsStack extends Named {

	/**
	 * Where {@code release/settle} reads it.
	 */
	public static final String PARAMETER = "/punctual/release/settings";

	public SettingsStack(Construct scope, Environment environment, ReleaseSettings settings) {
		super(scope, "Settings", "what a release fills into its templates", environment);
		CfnParameter.Builder.create(this, "Settings")
			.name(PARAMETER)
			.description("NAME=value for each placeholder of taskdef.json")
			.type("String")
			// Longer than a standard one may be.
			.tier("Advanced")
			.value(settings.text())
			.build();
	}

}
