package io.punctual.infrastructure.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.punctual.infrastructure.alarm.AlarmTopics;
import io.punctual.infrastructure.alarm.Alarms;
import io.punctual.infrastructure.alarm.Alarms.When;
import io.punctual.infrastructure.common.Explained;
import io.punctual.infrastructure.common.Named;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.cloudtrail.CfnTrail;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.logs.CfnMetricFilter;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * The account's trail: every act in every region, into the locked bucket and into a log
 * group, where the acts that matter are counted and ring.
 */
public final class AuditStack extends Named {

	private static final String NAMESPACE = "Punctual/Audit";

	public AuditStack(Construct scope, Environment environment, AuditLogStack kept, AlarmTopics topics) {
		super(scope, "Audit", "the trail, and alarms on what it tells", environment);
		addStackDependency(kept);
		LogGroup log = LogGroup.Builder.create(this, "Log")
			.logGroupName(AuditNames.LOG_GROUP)
			.encryptionKey(key(environment))
			.retention(environment.isProduction() ? RetentionDays.ONE_YEAR : RetentionDays.THREE_MONTHS)
			.removalPolicy(RemovalPolicy.RETAIN)
			.build();
		trail(environment, log);
		Alarms alarms = new Alarms(this, topics);
		Act.all().forEach((act) -> watch(act, log, alarms));
	}

	private Key key(Environment environment) {
		Key key = Key.Builder.create(this, "Key")
			.alias("punctual-audit-log")
			.description("Encrypts the log group that the trail writes to")
			.enableKeyRotation(true)
			.removalPolicy(RemovalPolicy.RETAIN)
			.build();
		key.addToResourcePolicy(PolicyStatement.Builder.create()
			.principals(List.of(new ServicePrincipal("logs." + environment.region() + ".amazonaws.com")))
			.actions(List.of("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"))
			.resources(List.of("*"))
			.conditions(Map.of("ArnEquals",
					Map.of("kms:EncryptionContext:aws:logs:arn",
							"arn:aws:logs:%s:%s:log-group:%s".formatted(environment.region(), environment.account(),
									AuditNames.LOG_GROUP))))
			.build());
		return key;
	}

	private void trail(Environment environment, LogGroup log) {
		Role role = Role.Builder.create(this, "Writer")
			.assumedBy(new ServicePrincipal("cloudtrail.amazonaws.com"))
			.inlinePolicies(Map.of("Write",
					PolicyDocument.Builder.create()
						.statements(List.of(PolicyStatement.Builder.create()
							.actions(List.of("logs:CreateLogStream", "logs:PutLogEvents"))
							// Streams are called as CloudTrail likes, but begin with the
							// account.
							.resources(List.of("arn:aws:logs:%s:%s:log-group:%s:log-stream:%s_CloudTrail_%s*".formatted(
									environment.region(), environment.account(), AuditNames.LOG_GROUP,
									environment.account(), environment.region())))
							.build()))
						.build()))
			.build();
		Explained.wildcard(role, "Resource::arn:aws:logs:.*_CloudTrail_.*\\*",
				"CloudTrail names the streams itself; the group, the account and the region are named.");
		CfnTrail trail = CfnTrail.Builder.create(this, "Trail")
			.trailName(AuditNames.trail(environment))
			.isLogging(true)
			.isMultiRegionTrail(true)
			.includeGlobalServiceEvents(true)
			.enableLogFileValidation(true)
			.s3BucketName(AuditNames.bucket(environment))
			.kmsKeyId(AuditNames.keyAliasArn(environment))
			.cloudWatchLogsLogGroupArn(log.getLogGroupArn())
			.cloudWatchLogsRoleArn(role.getRoleArn())
			.build();
		trail.getNode().addDependency(role);
	}

	private void watch(Act act, LogGroup log, Alarms alarms) {
		String title = Arrays.stream(act.name().split("-"))
			.map((word) -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
			.collect(Collectors.joining());
		CfnMetricFilter.Builder.create(this, "Count" + title)
			.filterName("punctual-" + act.name())
			.logGroupName(log.getLogGroupName())
			.filterPattern(act.pattern())
			.metricTransformations(List.of(CfnMetricFilter.MetricTransformationProperty.builder()
				.metricNamespace(NAMESPACE)
				.metricName(act.name())
				.metricValue("1")
				.unit("Count")
				.build()))
			.build();
		alarms.ring(act.name(), act.urgency(), act.says(),
				Metric.Builder.create()
					.namespace(NAMESPACE)
					.metricName(act.name())
					.statistic("Sum")
					.period(Duration.minutes(5))
					.build(),
				When.above(act.most(), 1));
	}

}
