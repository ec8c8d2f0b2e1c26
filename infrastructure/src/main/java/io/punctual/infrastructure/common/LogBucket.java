package io.punctual.infrastructure.common;

import java.util.List;

import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.constructs.Construct;

/**
 * A private bucket for what a load balancer or a distribution logs.
 */
public final class LogBucket {

	private LogBucket() {
	}

	public static Bucket create(Construct scope, String id, Environment environment) {
		Bucket bucket = Bucket.Builder.create(scope, id)
			.blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
			.encryption(BucketEncryption.S3_MANAGED)
			.enforceSsl(true)
			.removalPolicy(RemovalPolicy.RETAIN)
			.lifecycleRules(List.of(LifecycleRule.builder()
				.id("expire")
				.expiration(Duration.days(environment.isProduction() ? 90 : 30))
				.abortIncompleteMultipartUploadAfter(Duration.days(1))
				.build()))
			.build();
		Explained.exception(bucket, "AwsSolutions-S1",
				"It is itself the place of access logs; its own would log the logging.");
		return bucket;
	}

}
