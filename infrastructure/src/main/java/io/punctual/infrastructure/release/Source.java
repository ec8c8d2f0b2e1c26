package io.punctual.infrastructure.release;

import io.punctual.infrastructure.settings.Environment;

/**
 * Where commits come from.
 */
final class Source {

	static final String REPOSITORY = "punctual/punctual";

	static final String BRANCH = "main";

	private Source() {
	}

	/**
	 * The connection to the repository's host. Somebody approves it once, in the console;
	 * the id is a placeholder until then, as the accounts are.
	 */
	static String connection(Environment environment) {
		return "arn:aws:codeconnections:%s:%s:connection/00000000-0000-0000-0000-000000000000"
			.formatted(environment.region(), environment.account());
	}

}
