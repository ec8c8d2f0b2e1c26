package io.punctual.infrastructure;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What all buckets have in common: nobody outside, nothing in the clear, nothing for
 * ever.
 */
@NeedsNode
class BucketsTests {

	private static Collection<Template> stacks() {
		return Synthesised.production().stacks().values();
	}

	private static List<Resource> buckets() {
		return Synthesised.production().all("AWS::S3::Bucket");
	}

	@Test
	void areClosedToThePublicInEveryWay() {
		assertThat(buckets()).hasSize(7).allSatisfy((bucket) -> {
			for (String way : List.of("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls",
					"RestrictPublicBuckets")) {
				assertThat(bucket.at("PublicAccessBlockConfiguration/" + way).asBoolean(false)).as(bucket.id() + way)
					.isTrue();
			}
		});
	}

	@Test
	void areEncryptedAndTheAuditsByAKeyOfItsOwn() {
		String algorithm = "BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault/";
		assertThat(buckets()).filteredOn((bucket) -> bucket.text(algorithm + "SSEAlgorithm").equals("aws:kms"))
			.singleElement()
			.satisfies((bucket) -> {
				assertThat(bucket.text("BucketName")).isEqualTo("punctual-audit-production-333333333333");
				Resource key = Synthesised.production().stack("AuditLog-production").only("AWS::KMS::Key");
				assertThat(bucket.at(algorithm + "KMSMasterKeyID").toString()).contains("\"" + key.id() + "\"");
			});
		assertThat(buckets()).filteredOn((bucket) -> bucket.text(algorithm + "SSEAlgorithm").equals("AES256"))
			.hasSize(6);
	}

	@Test
	void refuseWhoeverComesInTheClear() {
		for (Template stack : stacks()) {
			for (Resource bucket : stack.all("AWS::S3::Bucket")) {
				Resource policy = stack.only("AWS::S3::BucketPolicy",
						(one) -> one.text("Bucket/Ref").equals(bucket.id()));
				assertThat(policy.at("PolicyDocument/Statement")).as(bucket.id())
					.filteredOn((statement) -> statement.path("Effect").asString().equals("Deny"))
					.singleElement()
					.satisfies((statement) -> {
						assertThat(statement.path("Action").asString()).isEqualTo("s3:*");
						assertThat(statement.path("Principal").toString()).isEqualTo("{\"AWS\":\"*\"}");
						assertThat(statement.path("Condition").toString())
							.isEqualTo("{\"Bool\":{\"aws:SecureTransport\":\"false\"}}");
						// The bucket and what is in it.
						assertThat(statement.path("Resource")).hasSize(2)
							.allSatisfy(
									(resource) -> assertThat(resource.toString()).contains("\"" + bucket.id() + "\""))
							.anySatisfy((resource) -> assertThat(resource.toString()).contains("\"/*\""));
					});
			}
		}
	}

	/**
	 * Whoever may write into one is a service of AWS's that logs, or a trail.
	 */
	@Test
	void areWrittenToByServicesThatLogAndByNobodyElsesLeave() {
		Set<String> let = new TreeSet<>();
		for (Template stack : stacks()) {
			for (Resource policy : stack.all("AWS::S3::BucketPolicy")) {
				policy.at("PolicyDocument/Statement").forEach((statement) -> {
					if (statement.path("Effect").asString().equals("Allow")) {
						let.add(stack.stack() + " " + statement.path("Action").asString() + " "
								+ who(statement.path("Principal")));
					}
				});
			}
		}
		assertThat(let).containsExactly("AuditLog-production s3:GetBucketAcl cloudtrail.amazonaws.com",
				"AuditLog-production s3:PutObject cloudtrail.amazonaws.com",
				"AuditLog-production s3:PutObject logging.s3.amazonaws.com",
				"Compute s3:GetBucketAcl delivery.logs.amazonaws.com", "Compute s3:PutObject 156460612806",
				"Compute s3:PutObject delivery.logs.amazonaws.com", "Pipeline s3:PutObject logging.s3.amazonaws.com");
	}

	@Test
	void keepNothingForEver() {
		assertThat(buckets()).allSatisfy((bucket) -> {
			assertThat(bucket.at("LifecycleConfiguration/Rules")).as(bucket.id())
				.isNotEmpty()
				.allSatisfy((rule) -> assertThat(rule.path("Status").asString()).isEqualTo("Enabled"))
				.anySatisfy((rule) -> assertThat(rule.path("ExpirationInDays").asInt()).isBetween(7, 2557));
			assertThat(bucket.json().path("DeletionPolicy").asString()).isEqualTo("RetainExceptOnCreate");
		});
	}

	/**
	 * What is in the artifacts is deployed, and what is in the audit is evidence.
	 */
	@Test
	void ofTheReleaseAndOfTheAuditTellWhoCame() {
		assertThat(buckets())
			.filteredOn((bucket) -> bucket.id().matches("(Artifacts|PullRequestsHandover|Bucket)[0-9A-F]{8}"))
			.hasSize(3)
			.allSatisfy((bucket) -> assertThat(bucket.text("LoggingConfiguration/DestinationBucketName/Ref"))
				.matches("(ArtifactsAccess|Accesses)[0-9A-F]{8}"));
	}

	/** A service, or the number of an account. */
	private static String who(JsonNode principal) {
		return principal.has("Service") ? principal.path("Service").asString()
				: principal.toString().replaceAll(".*::(\\d+):.*", "$1");
	}

}
