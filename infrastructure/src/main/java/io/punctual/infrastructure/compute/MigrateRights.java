package io.punctual.infrastructure.compute;

import java.util.Collection;
import java.util.List;

import io.punctual.infrastructure.common.Explained;
import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.common.TaskRole;
import io.punctual.infrastructure.data.Database;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;

/**
 * What the migrate tasks may do: start with the images of all four services and the
 * database's master secret. They call nothing of AWS themselves.
 */
public final class MigrateRights extends Construct {

	private final Role execution;

	private final Role task;

	MigrateRights(Construct scope, Environment environment, Database database, Collection<ServiceRights> services) {
		super(scope, "Migrate");
		this.execution = TaskRole.create(this, "ExecutionRole", environment);
		services.forEach((service) -> service.allowToStart(this.execution));
		this.execution.addToPolicy(PolicyStatement.Builder.create()
			.actions(List.of("secretsmanager:GetSecretValue"))
			.resources(List.of("arn:aws:secretsmanager:%s:%s:secret:rds!db-*".formatted(environment.region(),
					environment.account())))
			.build());
		Explained.wildcard(this.execution, "Resource::.*:secret:rds!db-\\*",
				"RDS names the master's secret, and anew when the database is restored; only what the database's key "
						+ "encrypts can be read.");
		this.execution.addToPolicy(PolicyStatement.Builder.create()
			.actions(List.of("kms:Decrypt"))
			.resources(List.of(database.key().getKeyArn()))
			.conditions(Ordered.map("StringEquals",
					Ordered.map("kms:ViaService", "secretsmanager.%s.amazonaws.com".formatted(environment.region()))))
			.build());
		this.task = TaskRole.create(this, "TaskRole", environment);
	}

	public IRole executionRole() {
		return this.execution;
	}

	public IRole taskRole() {
		return this.task;
	}

}
