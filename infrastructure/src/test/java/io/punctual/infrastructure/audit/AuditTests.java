package io.punctual.infrastructure.audit;

import java.util.ArrayList;
import java.util.List;

import io.punctual.infrastructure.alarm.Urgency;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The trail sees everything, and what it wrote cannot be taken back.
 */
@NeedsNode
class AuditTests {

	private final Template stack = Synthesised.production().stack("Audit");

	private final Template kept = Synthesised.production().stack("AuditLog-production");

	@ParameterizedTest
	@ValueSource(
			strings = { "IsLogging", "IsMultiRegionTrail", "IncludeGlobalServiceEvents", "EnableLogFileValidation" })
	void trail(String promise) {
		assertThat(this.stack.only("AWS::CloudTrail::Trail").at(promise).asBoolean()).isTrue();
	}

	@Test
	void trailIsEncryptedByTheLogAccountsKeyIntoTheLogAccountsBucket() {
		Resource trail = this.stack.only("AWS::CloudTrail::Trail");
		assertThat(trail.text("KMSKeyId"))
			.isEqualTo("arn:aws:kms:eu-west-1:333333333333:alias/punctual-audit-production");
		Resource alias = this.kept.only("AWS::KMS::Alias");
		assertThat(alias.text("AliasName")).isEqualTo("alias/punctual-audit-production");
		assertThat(alias.text("TargetKeyId/Fn::GetAtt/0")).isEqualTo(this.kept.only("AWS::KMS::Key").id());
		assertThat(trail.text("S3BucketName")).isEqualTo(bucket(this.kept).text("BucketName"));
		assertThat(trail.text("TrailName")).isEqualTo("punctual-production");
	}

	@Test
	void trailWritesIntoAnEncryptedLogGroupThatIsKeptForAYear() {
		Resource log = this.stack.only("AWS::Logs::LogGroup");
		Resource trail = this.stack.only("AWS::CloudTrail::Trail");
		assertThat(trail.mentions(log.id())).isTrue();
		assertThat(trail.text("CloudWatchLogsRoleArn/Fn::GetAtt/0")).isEqualTo(this.stack.only("AWS::IAM::Role").id());
		assertThat(log.at("RetentionInDays").asInt()).isEqualTo(365);
		assertThat(log.at("KmsKeyId").isMissingNode()).isFalse();
		assertThat(this.stack.only("AWS::IAM::Role").at("Policies/0/PolicyDocument/Statement/0/Action").toString())
			.isEqualTo("[\"logs:CreateLogStream\",\"logs:PutLogEvents\"]");
	}

	@Test
	void productionsBucketCannotBeEmptiedByAnybody() {
		Resource bucket = bucket(this.kept);
		assertThat(bucket.at("ObjectLockEnabled").asBoolean()).isTrue();
		assertThat(bucket.text("ObjectLockConfiguration/ObjectLockEnabled")).isEqualTo("Enabled");
		assertThat(bucket.text("ObjectLockConfiguration/Rule/DefaultRetention/Mode")).isEqualTo("COMPLIANCE");
		assertThat(bucket.at("ObjectLockConfiguration/Rule/DefaultRetention/Days").asInt()).isEqualTo(400);
		assertThat(bucket.text("VersioningConfiguration/Status")).isEqualTo("Enabled");
		assertThat(bucket.json().path("DeletionPolicy").asString("")).isEqualTo("RetainExceptOnCreate");
	}

	@Test
	void stagingsBucketCanBeEmptiedByWhoMayBypass() {
		Resource bucket = bucket(Synthesised.staging().stack("AuditLog-staging"));
		assertThat(bucket.text("ObjectLockConfiguration/Rule/DefaultRetention/Mode")).isEqualTo("GOVERNANCE");
	}

	@Test
	void oldLogsGoToTheArchiveAndAreKeptForSevenYears() {
		Resource bucket = bucket(this.kept);
		assertThat(bucket.text("LifecycleConfiguration/Rules/0/Transitions/0/StorageClass")).isEqualTo("DEEP_ARCHIVE");
		assertThat(bucket.at("LifecycleConfiguration/Rules/0/Transitions/0/TransitionInDays").asInt()).isEqualTo(90);
		// Else only files of 128 KB and more would go there, which a trail hardly writes.
		assertThat(bucket.text("LifecycleConfiguration/TransitionDefaultMinimumObjectSize"))
			.isEqualTo("varies_by_storage_class");
		assertThat(bucket.at("LifecycleConfiguration/Rules/0/ExpirationInDays").asInt()).isEqualTo(2557);
		assertThat(bucket.at("LifecycleConfiguration/Rules/0/NoncurrentVersionExpiration/NoncurrentDays").asInt())
			.isEqualTo(1);
	}

	/**
	 * That nobody comes in the clear holds of all buckets.
	 */
	@Test
	void onlyThisTrailMayWrite() {
		String thisTrail = "arn:aws:cloudtrail:eu-west-1:222222222222:trail/punctual-production";
		Resource policy = this.kept.only("AWS::S3::BucketPolicy",
				(candidate) -> candidate.text("Bucket/Ref").equals(bucket(this.kept).id()));
		List<JsonNode> allowed = policy.at("PolicyDocument/Statement")
			.valueStream()
			.filter((statement) -> statement.path("Effect").asString().equals("Allow"))
			.toList();
		assertThat(allowed).allSatisfy((statement) -> {
			assertThat(statement.at("/Principal/Service").asString()).isEqualTo("cloudtrail.amazonaws.com");
			assertThat(statement.at("/Condition/StringEquals/aws:SourceArn").asString()).isEqualTo(thisTrail);
			assertThat(statement.path("Resource").toString()).contains(bucket(this.kept).id());
		})
			.extracting((statement) -> statement.path("Action").asString())
			.containsExactly("s3:GetBucketAcl", "s3:PutObject");
		// CloudTrail gives what it writes to the bucket's owner, or does not write.
		assertThat(allowed.getLast().at("/Condition/StringEquals/s3:x-amz-acl").asString())
			.isEqualTo("bucket-owner-full-control");
		assertThat(allowed.getLast().path("Resource").toString()).contains("/AWSLogs/222222222222/*");
	}

	@Test
	void onlyThisTrailMayEncryptByTheKey() {
		List<JsonNode> forTrails = new ArrayList<>();
		this.kept.only("AWS::KMS::Key").at("KeyPolicy/Statement").forEach((statement) -> {
			if (statement.at("/Principal/Service").asString("").equals("cloudtrail.amazonaws.com")) {
				forTrails.add(statement);
			}
		});
		assertThat(forTrails).extracting((statement) -> statement.path("Action").asString(""))
			.containsExactlyInAnyOrder("kms:GenerateDataKey*", "kms:DescribeKey");
		assertThat(forTrails)
			.allSatisfy((statement) -> assertThat(statement.at("/Condition/StringEquals/aws:SourceArn").asString(""))
				.isEqualTo("arn:aws:cloudtrail:eu-west-1:222222222222:trail/punctual-production"));
		assertThat(forTrails.getFirst().at("/Condition/StringLike").toString())
			.contains("\"kms:EncryptionContext:aws:cloudtrail:arn\":\"arn:aws:cloudtrail:*:222222222222:trail/*\"");
	}

	@Test
	void everyActIsCountedAndRings() {
		for (Act act : Act.all()) {
			Resource filter = this.stack.only("AWS::Logs::MetricFilter",
					(candidate) -> candidate.text("FilterName").equals("punctual-" + act.name()));
			assertThat(filter.text("FilterPattern")).hasSizeLessThanOrEqualTo(1024);
			Resource alarm = this.stack.only("AWS::CloudWatch::Alarm",
					(candidate) -> candidate.text("AlarmName").equals("punctual-" + act.name()));
			assertThat(alarm.text("MetricName")).isEqualTo(filter.text("MetricTransformations/0/MetricName"));
			assertThat(alarm.text("Namespace")).isEqualTo(filter.text("MetricTransformations/0/MetricNamespace"));
			assertThat(filter.text("MetricTransformations/0/MetricValue")).isEqualTo("1");
			assertThat(filter.text("LogGroupName/Ref")).isEqualTo(this.stack.only("AWS::Logs::LogGroup").id());
			assertThat(filter.text("FilterPattern")).isEqualTo(act.pattern());
			assertThat(alarm.text("Statistic")).isEqualTo("Sum");
			assertThat(alarm.at("Period").asInt()).isEqualTo(300);
			assertThat(alarm.at("EvaluationPeriods").asInt()).isEqualTo(1);
			assertThat(alarm.at("Threshold").asInt(-1)).isEqualTo(act.most());
			assertThat(alarm.text("TreatMissingData")).isEqualTo("notBreaching");
			assertThat(alarm.at("AlarmActions")).singleElement()
				.satisfies((topic) -> assertThat(topic.toString())
					.contains((act.urgency() == Urgency.PAGE) ? "TopicsPages" : "TopicsTickets"));
		}
	}

	private static Resource bucket(Template template) {
		return template.only("AWS::S3::Bucket", (bucket) -> !bucket.id().startsWith("Accesses"));
	}

}
