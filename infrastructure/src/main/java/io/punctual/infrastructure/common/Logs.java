package io.punctual.infrastructure.common;

import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * Groups of logs, none of which is kept for ever.
 */
public final class Logs {

	private Logs() {
	}

	public static LogGroup group(Construct scope, String id, String name, Environment environment) {
		return LogGroup.Builder.create(scope, id)
			.logGroupName(name)
			.retention(environment.isProduction() ? RetentionDays.THREE_MONTHS : RetentionDays.ONE_MONTH)
			.removalPolicy(environment.isProduction() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
			.build();
	}

}
