package io.punctual.infrastructure.data;

import io.punctual.infrastructure.common.Named;
import io.punctual.infrastructure.settings.Environment;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.backup.BackupVault;
import software.amazon.awscdk.services.backup.LockConfiguration;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/**
 * Where an environment's backups are copied to: a locked vault in the log account, which
 * takes copies from that one account and gives none back.
 */
public final class VaultStack extends Named {

	/**
	 * How long a copy is kept.
	 */
	static final int KEPT_DAYS = 35;

	public VaultStack(Construct scope, Environment environment) {
		super(scope, "Vault-" + environment.name(), "copies of the database's backups", environment,
				software.amazon.awscdk.Environment.builder()
					.account(environment.logAccount())
					.region(environment.region())
					.build());
		Key key = Key.Builder.create(this, "Key")
			.description("Copies of " + environment.name() + " backups")
			.enableKeyRotation(true)
			.removalPolicy(RemovalPolicy.RETAIN)
			.build();
		BackupVault.Builder.create(this, "Vault")
			.backupVaultName(vaultName(environment))
			.encryptionKey(key)
			.accessPolicy(PolicyDocument.Builder.create()
				.statements(List.of(PolicyStatement.Builder.create()
					.effect(Effect.ALLOW)
					.principals(List.of(new AccountPrincipal(environment.account())))
					.actions(List.of("backup:CopyIntoBackupVault"))
					.resources(List.of("*"))
					.build()))
				.build())
			.lockConfiguration(lock(environment))
			.removalPolicy(RemovalPolicy.RETAIN)
			.build();
	}

	/**
	 * Not even this account's root can shorten production's after three days; staging's
	 * can be taken down again.
	 */
	private static LockConfiguration lock(Environment environment) {
		LockConfiguration.Builder lock = LockConfiguration.builder().minRetention(Duration.days(7));
		return (environment.isProduction() ? lock.changeableFor(Duration.days(3)) : lock).build();
	}

	static String vaultArn(Environment environment) {
		return "arn:aws:backup:%s:%s:backup-vault:%s".formatted(environment.region(), environment.logAccount(),
				vaultName(environment));
	}

	private static String vaultName(Environment environment) {
		return "punctual-" + environment.name();
	}

}
