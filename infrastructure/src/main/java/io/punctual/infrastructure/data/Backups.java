package io.punctual.infrastructure.data;

import java.util.List;

import io.punctual.infrastructure.common.Explained;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.backup.BackupPlan;
import software.amazon.awscdk.services.backup.BackupPlanCopyActionProps;
import software.amazon.awscdk.services.backup.BackupPlanRule;
import software.amazon.awscdk.services.backup.BackupResource;
import software.amazon.awscdk.services.backup.BackupSelectionOptions;
import software.amazon.awscdk.services.backup.BackupVault;
import software.amazon.awscdk.services.backup.IBackupVault;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * A snapshot a day, copied into an account that this one cannot touch. Points in time
 * between are RDS's own backups.
 */
final class Backups extends Construct {

	Backups(Construct scope, Environment environment, Database database) {
		super(scope, "Backups");
		BackupVault here = BackupVault.Builder.create(this, "Vault")
			.backupVaultName("punctual")
			.encryptionKey(database.key())
			.removalPolicy(RemovalPolicy.RETAIN)
			.build();
		IBackupVault away = BackupVault.fromBackupVaultArn(this, "Away", VaultStack.vaultArn(environment));
		BackupPlan plan = BackupPlan.Builder.create(this, "Plan").backupPlanName("punctual").build();
		plan.addRule(BackupPlanRule.Builder.create()
			.ruleName("daily")
			.backupVault(here)
			.scheduleExpression(Schedule.expression("cron(30 3 * * ? *)"))
			.startWindow(Duration.hours(1))
			.completionWindow(Duration.hours(4))
			.deleteAfter(Duration.days(7))
			.copyActions(List.of(BackupPlanCopyActionProps.builder()
				.destinationBackupVault(away)
				.deleteAfter(Duration.days(VaultStack.KEPT_DAYS))
				.build()))
			.build());
		Role role = Role.Builder.create(this, "Role")
			.assumedBy(ServicePrincipal.Builder.create("backup.amazonaws.com").build())
			.managedPolicies(
					List.of(ManagedPolicy.fromAwsManagedPolicyName("service-role/AWSBackupServiceRolePolicyForBackup")))
			.build();
		Explained.exception(role, "AwsSolutions-IAM4",
				"AWS Backup's own policy follows what the service needs; the plan selects one database.");
		plan.addSelection("Database",
				BackupSelectionOptions.builder()
					.backupSelectionName("database")
					.resources(List.of(BackupResource.fromArn(database.arn())))
					.role(role)
					.build());
	}

}
