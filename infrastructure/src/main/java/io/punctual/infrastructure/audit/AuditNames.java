package io.punctual.infrastructure.audit;

import io.punctual.infrastructure.settings.Environment;

/**
 * Names by which the environment's account and the log account know each other's things:
 * no stack can refer across accounts.
 */
final class AuditNames {

	static final String LOG_GROUP = "/punctual/audit";

	private AuditNames() {
	}

	static String trail(Environment environment) {
		return "punctual-" + environment.name();
	}

	static String trailArn(Environment environment) {
		return "arn:aws:cloudtrail:%s:%s:trail/%s".formatted(environment.region(), environment.account(),
				trail(environment));
	}

	static String bucket(Environment environment) {
		return "punctual-audit-%s-%s".formatted(environment.name(), environment.logAccount());
	}

	static String keyAlias(Environment environment) {
		return "alias/punctual-audit-" + environment.name();
	}

	static String keyAliasArn(Environment environment) {
		return "arn:aws:kms:%s:%s:%s".formatted(environment.region(), environment.logAccount(), keyAlias(environment));
	}

}
