package io.punctual.infrastructure.common;

import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * Roles of tasks: ECS may take them for this account's tasks only.
 */
public final class TaskRole {

	private TaskRole() {
	}

	public static Role create(Construct scope, String id, Environment environment) {
		return Role.Builder.create(scope, id)
			.assumedBy(ServicePrincipal.Builder.create("ecs-tasks.amazonaws.com")
				.conditions(Ordered.map("StringEquals", Ordered.map("aws:SourceAccount", environment.account())))
				.build())
			.build();
	}

}
