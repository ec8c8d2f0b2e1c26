package io.punctual.infrastructure.data;

import java.util.List;

import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/**
 * The database's key, which the log account may use as far as copies of backups need it:
 * the role of AWS Backup there looks at the key, and has RDS read the snapshot (its
 * policy is {@code AWSBackupServiceLinkedRolePolicyForBackup}).
 */
final class DatabaseKey {

	private DatabaseKey() {
	}

	static Key create(Construct scope, Environment environment) {
		Key key = Key.Builder.create(scope, "Key")
			.alias("punctual/database")
			.description("The database, its backups and its master secret")
			.enableKeyRotation(true)
			.removalPolicy(RemovalPolicy.RETAIN)
			.build();
		String rds = "rds.%s.amazonaws.com".formatted(environment.region());
		key.addToResourcePolicy(copies("LookAtByCopies", environment).actions(List.of("kms:DescribeKey")).build());
		key.addToResourcePolicy(copies("ReadByCopies", environment)
			.actions(List.of("kms:Decrypt", "kms:GenerateDataKeyWithoutPlaintext", "kms:ListGrants",
					"kms:ReEncryptFrom"))
			.conditions(Ordered.map("StringEquals", Ordered.map("kms:ViaService", rds)))
			.build());
		key.addToResourcePolicy(copies("GrantToRdsByCopies", environment).actions(List.of("kms:CreateGrant"))
			.conditions(Ordered.map("StringEquals", Ordered.map("kms:ViaService", rds), "Bool",
					Ordered.map("kms:GrantIsForAWSResource", "true")))
			.build());
		return key;
	}

	private static PolicyStatement.Builder copies(String sid, Environment environment) {
		return PolicyStatement.Builder.create()
			.sid(sid)
			.principals(List.of(new AccountPrincipal(environment.logAccount())))
			.resources(List.of("*"));
	}

}
