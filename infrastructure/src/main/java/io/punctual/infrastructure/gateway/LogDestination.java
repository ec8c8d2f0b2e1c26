package io.punctual.infrastructure.gateway;

import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.services.logs.ILogGroup;

/**
 * A log group as API Gateway and the firewall name it: without the {@code :*} that
 * CloudFormation ends its ARN with.
 */
final class LogDestination {

	private LogDestination() {
	}

	static String arn(ILogGroup group, Environment environment) {
		return "arn:aws:logs:%s:%s:log-group:%s".formatted(environment.region(), environment.account(),
				group.getLogGroupName());
	}

}
