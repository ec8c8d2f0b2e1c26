package io.punctual.infrastructure.audit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.punctual.infrastructure.common.Explained;
import io.punctual.infrastructure.common.Named;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectLockRetention;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.amazon.awscdk.services.s3.StorageClass;
import software.amazon.awscdk.services.s3.Transition;
import software.amazon.awscdk.services.s3.TransitionDefaultMinimumObjectSize;
import software.constructs.Construct;

/**
 * Where the audit is kept, in an account of its own: a bucket that nobody can empty, the
 * environment's administrators included.
 */
public final class AuditLogStack extends Named {

	/**
	 * How long production's audit cannot be deleted by anybody.
	 */
	private static final Duration LOCKED = Duration.days(400);

	/**
	 * Seven years, as accounts are kept.
	 */
	private static final Duration KEPT = Duration.days(2557);

	public AuditLogStack(Construct scope, Environment environment) {
		super(scope, "AuditLog-" + environment.name(), "where the audit is kept", environment,
				software.amazon.awscdk.Environment.builder()
					.account(environment.logAccount())
					.region(environment.region())
					.build());
		Key key = key(environment);
		Bucket accesses = Bucket.Builder.create(this, "Accesses")
			.bucketName(AuditNames.bucket(environment) + "-accesses")
			.encryption(BucketEncryption.S3_MANAGED)
			.blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
			.objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
			.enforceSsl(true)
			.lifecycleRules(List.of(LifecycleRule.builder().expiration(Duration.days(400)).build()))
			.removalPolicy(RemovalPolicy.RETAIN)
			.build();
		Bucket bucket = Bucket.Builder.create(this, "Bucket")
			.bucketName(AuditNames.bucket(environment))
			.encryption(BucketEncryption.KMS)
			.encryptionKey(key)
			.bucketKeyEnabled(true)
			.blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
			.objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
			.enforceSsl(true)
			.versioned(true)
			.objectLockEnabled(true)
			.objectLockDefaultRetention(environment.isProduction() ? ObjectLockRetention.compliance(LOCKED)
					: ObjectLockRetention.governance(Duration.days(30)))
			.serverAccessLogsBucket(accesses)
			// A file of the trail has a few kilobytes. Unless it is told otherwise, S3
			// leaves what has less than 128 where it is.
			.transitionDefaultMinimumObjectSize(TransitionDefaultMinimumObjectSize.VARIES_BY_STORAGE_CLASS)
			.lifecycleRules(List.of(LifecycleRule.builder()
				.transitions(List.of(Transition.builder()
					.storageClass(StorageClass.DEEP_ARCHIVE)
					.transitionAfter(Duration.days(90))
					.build()))
				.expiration(environment.isProduction() ? KEPT : Duration.days(400))
				// In a bucket of versions, what expires is only hidden.
				.noncurrentVersionExpiration(Duration.days(1))
				.build()))
			.removalPolicy(RemovalPolicy.RETAIN)
			.build();
		letTheTrailWrite(bucket, environment);
		Explained.exception(accesses, "AwsSolutions-S1",
				"It holds the access logs of the audit's bucket; a log of the log would have no end.");
	}

	private Key key(Environment environment) {
		Key key = Key.Builder.create(this, "Key")
			.alias(AuditNames.keyAlias(environment))
			.description("Encrypts the audit of " + environment.name())
			.enableKeyRotation(true)
			.removalPolicy(RemovalPolicy.RETAIN)
			.build();
		Map<String, Object> thisTrail = Map.of("StringEquals",
				Map.of("aws:SourceArn", AuditNames.trailArn(environment)));
		key.addToResourcePolicy(
				trail().actions(List.of("kms:GenerateDataKey*"))
					.resources(List.of("*"))
					.conditions(new TreeMap<>(Map.of("StringEquals",
							Map.of("aws:SourceArn", AuditNames.trailArn(environment)), "StringLike",
							Map.of("kms:EncryptionContext:aws:cloudtrail:arn",
									"arn:aws:cloudtrail:*:" + environment.account() + ":trail/*"))))
					.build());
		key.addToResourcePolicy(
				trail().actions(List.of("kms:DescribeKey")).resources(List.of("*")).conditions(thisTrail).build());
		return key;
	}

	private static void letTheTrailWrite(Bucket bucket, Environment environment) {
		String trail = AuditNames.trailArn(environment);
		bucket.addToResourcePolicy(trail().actions(List.of("s3:GetBucketAcl"))
			.resources(List.of(bucket.getBucketArn()))
			.conditions(Map.of("StringEquals", Map.of("aws:SourceArn", trail)))
			.build());
		bucket.addToResourcePolicy(trail().actions(List.of("s3:PutObject"))
			.resources(List.of(bucket.arnForObjects("AWSLogs/" + environment.account() + "/*")))
			.conditions(Map.of("StringEquals",
					new TreeMap<>(Map.of("aws:SourceArn", trail, "s3:x-amz-acl", "bucket-owner-full-control"))))
			.build());
	}

	private static PolicyStatement.Builder trail() {
		return PolicyStatement.Builder.create().principals(List.of(new ServicePrincipal("cloudtrail.amazonaws.com")));
	}

}
