package io.punctual.infrastructure.audit;

import java.util.List;

import io.punctual.infrastructure.alarm.Urgency;
import io.punctual.infrastructure.support.FilterPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which of CloudTrail's events are acts that somebody wants to know of.
 */
class ActTests {

	private static final String PERSON = "\"userIdentity\":{\"type\":\"AssumedRole\",\"sessionContext\":{\"sessionIssuer\":"
			+ "{\"userName\":\"AWSReservedSSO_Administrator_0a1b\"}}}";

	private static final String CLOUDFORMATION = "\"userIdentity\":{\"type\":\"AssumedRole\",\"sessionContext\":{"
			+ "\"sessionIssuer\":{\"userName\":\"cdk-hnb659fds-cfn-exec-role-222222222222-eu-west-1\"}}}";

	private static final String USER = "\"userIdentity\":{\"type\":\"IAMUser\",\"userName\":\"eve\"}";

	/**
	 * The acts that an event is.
	 */
	static List<String> acts(String event) {
		var json = JsonMapper.builder().build().readTree("{" + event.replace('\'', '"') + "}");
		return Act.all().stream().filter((act) -> FilterPattern.matches(act.pattern(), json)).map(Act::name).toList();
	}

	static String call(String source, String name) {
		return "'eventSource':'" + source + ".amazonaws.com','eventName':'" + name + "'";
	}

	@ParameterizedTest
	@CsvSource({ "cloudtrail, StopLogging, audit-trail-changed", "cloudtrail, DeleteTrail, audit-trail-changed",
			"kms, ScheduleKeyDeletion, audit-key-disabled", "kms, DisableKey, audit-key-disabled",
			"iam, AttachRolePolicy, audit-rights-changed", "iam, CreateAccessKey, audit-rights-changed",
			"s3, PutBucketPolicy, audit-bucket-changed", "ec2, AuthorizeSecurityGroupIngress, audit-firewall-changed",
			"ec2, CreateNetworkAclEntry, audit-firewall-changed", "ec2, CreateRoute, audit-routes-changed",
			"ec2, DeleteFlowLogs, audit-routes-changed", "rds, DeleteDBInstance, audit-database-touched",
			"rds, ModifyDBSnapshotAttribute, audit-database-touched",
			"secretsmanager, GetSecretValue, audit-secret-read", "ecs, UpdateService, audit-release-by-hand",
			"codepipeline, UpdatePipeline, audit-release-by-hand",
			"codedeploy, CreateDeployment, audit-release-by-hand",
			"cognito-idp, CreateUserPoolClient, audit-credential-by-hand",
			"cognito-idp, DescribeUserPoolClient, audit-credential-by-hand", "ecs, ExecuteCommand, audit-shell-opened",
			"cloudtrail, PutInsightSelectors, audit-trail-changed", "monitoring, DeleteAlarms, audit-trail-changed",
			"monitoring, DisableAlarmActions, audit-trail-changed", "monitoring, PutMetricAlarm, audit-trail-changed",
			"monitoring, SetAlarmState, audit-trail-changed", "logs, DeleteMetricFilter, audit-trail-changed",
			"logs, PutMetricFilter, audit-trail-changed", "logs, DeleteLogGroup, audit-trail-changed",
			"logs, DeleteLogStream, audit-trail-changed", "sns, DeleteTopic, audit-trail-changed",
			"sns, Unsubscribe, audit-trail-changed", "kms, PutKeyPolicy, audit-key-disabled",
			"kms, UpdateAlias, audit-key-disabled", "kms, DeleteAlias, audit-key-disabled" })
	void anActOfAPersonIsNoticed(String source, String name, String act) {
		assertThat(acts(call(source, name) + "," + PERSON)).containsExactly(act);
		assertThat(acts(call(source, name) + "," + USER)).containsExactly(act);
	}

	/** Sections 4.4, 4.8 and 4.10 to 4.14 of the CIS AWS Foundations Benchmark 3.0. */
	@ParameterizedTest
	@CsvSource({
			"iam, audit-rights-changed, DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy "
					+ "PutRolePolicy PutUserPolicy CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion "
					+ "AttachRolePolicy DetachRolePolicy AttachUserPolicy DetachUserPolicy AttachGroupPolicy "
					+ "DetachGroupPolicy AddUserToGroup UpdateLoginProfile DeleteRolePermissionsBoundary "
					+ "DeactivateMFADevice CreateSAMLProvider UpdateAssumeRolePolicy",
			"s3, audit-bucket-changed, PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle "
					+ "PutBucketReplication DeleteBucketPolicy DeleteBucketCors DeleteBucketLifecycle "
					+ "DeleteBucketReplication PutBucketEncryption PutBucketVersioning DeleteBucket "
					+ "PutBucketObjectLockConfiguration PutAccountPublicAccessBlock DeleteAccountPublicAccessBlock",
			"ec2, audit-firewall-changed, AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress "
					+ "RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup "
					+ "ModifySecurityGroupRules CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl "
					+ "DeleteNetworkAclEntry ReplaceNetworkAclEntry ReplaceNetworkAclAssociation",
			"ec2, audit-routes-changed, CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway "
					+ "CreateInternetGateway DeleteInternetGateway DetachInternetGateway CreateRoute CreateRouteTable "
					+ "ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute DisassociateRouteTable "
					+ "CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection "
					+ "DeleteVpcPeeringConnection RejectVpcPeeringConnection ModifyVpcEndpoint DeleteFlowLogs" })
	void whatTheBenchmarkNamesIsNoticed(String source, String act, String names) {
		for (String name : names.split(" ")) {
			assertThat(acts(call(source, name) + "," + PERSON)).as(name).containsExactly(act);
			assertThat(acts(call(source, name) + "," + CLOUDFORMATION)).as(name).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({ "iam, GetRolePolicy", "iam, ListUsers", "iam, GenerateCredentialReport",
			"iam, SimulatePrincipalPolicy", "s3, GetBucketPolicy", "s3, GetAccountPublicAccessBlock",
			"ec2, DescribeSecurityGroups", "ec2, DescribeSecurityGroupRules", "ec2, DescribeRouteTables",
			"ec2, DescribeVpcs", "ec2, DescribeNetworkAcls", "monitoring, DescribeAlarms", "kms, GetKeyPolicy",
			"logs, DescribeLogGroups", "sts, AssumeRole" })
	void whoOnlyAsksIsNotNoticed(String source, String name) {
		assertThat(acts(call(source, name) + "," + PERSON)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "ecs, UpdateService", "monitoring, PutMetricAlarm", "monitoring, DeleteAlarms" })
	void scalingByAwsItselfIsNoActOfAPerson(String source, String name) {
		assertThat(acts(call(source, name) + ",'userIdentity':{'type':'AssumedRole','sessionContext':{'sessionIssuer':"
				+ "{'userName':'AWSServiceRoleForApplicationAutoScaling_ECSService'}}}"))
			.isEmpty();
	}

	@Test
	void everyPatternIsAsShortAsAFilterTakesIt() {
		assertThat(Act.all()).allSatisfy((act) -> assertThat(act.pattern()).hasSizeLessThanOrEqualTo(1024));
	}

	@ParameterizedTest
	@CsvSource({ "iam, AttachRolePolicy", "s3, PutBucketPolicy", "ec2, AuthorizeSecurityGroupIngress",
			"ec2, CreateRoute", "rds, ModifyDBInstance", "ecs, UpdateService", "codepipeline, UpdatePipeline",
			"cognito-idp, CreateUserPoolClient" })
	void whatCloudFormationDoesWasReviewedAsCode(String source, String name) {
		assertThat(acts(call(source, name) + "," + CLOUDFORMATION)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "cloudtrail, StopLogging, audit-trail-changed", "kms, ScheduleKeyDeletion, audit-key-disabled" })
	void trailAndKeysAreNoticedWhoeverTouchesThem(String source, String name, String act) {
		assertThat(acts(call(source, name) + "," + CLOUDFORMATION)).containsExactly(act);
	}

	@Test
	void rootIsNoticedAndAwsActingForItIsNot() {
		assertThat(acts("'eventType':'AwsApiCall','userIdentity':{'type':'Root'}")).containsExactly("audit-root-used");
		assertThat(acts("'eventType':'AwsApiCall','userIdentity':{'type':'Root','invokedBy':'x.amazonaws.com'}"))
			.isEmpty();
		assertThat(acts("'eventType':'AwsServiceEvent','userIdentity':{'type':'Root'}")).isEmpty();
	}

	@Test
	void signInsAreLookedAt() {
		String signIn = "'eventName':'ConsoleLogin'," + USER;
		assertThat(
				acts(signIn + ",'additionalEventData':{'MFAUsed':'No'},'responseElements':{'ConsoleLogin':'Success'}"))
			.containsExactly("audit-sign-in-without-mfa");
		assertThat(
				acts(signIn + ",'additionalEventData':{'MFAUsed':'Yes'},'responseElements':{'ConsoleLogin':'Success'}"))
			.isEmpty();
		assertThat(acts(signIn + ",'errorMessage':'Failed authentication'")).containsExactly("audit-sign-in-failures");
	}

	@Test
	void refusedCallsAreCounted() {
		assertThat(acts("'errorCode':'Client.UnauthorizedOperation'," + PERSON)).containsExactly("audit-calls-refused");
		assertThat(acts("'errorCode':'AccessDeniedException'," + PERSON)).containsExactly("audit-calls-refused");
		assertThat(acts("'errorCode':'ThrottlingException'," + PERSON)).isEmpty();
	}

	@Test
	void theIssuerMakesCredentialsAndATaskReadsItsSecret() {
		String task = "'userIdentity':{'type':'AssumedRole','sessionContext':{'sessionIssuer':{'userName':'%s'}}}";
		assertThat(acts(call("cognito-idp", "CreateUserPoolClient") + "," + task.formatted(Act.ISSUER + "0A1B-xyz")))
			.isEmpty();
		assertThat(
				acts(call("cognito-idp", "CreateUserPoolClient") + "," + task.formatted("Compute-SlaTaskRole0A1B-xyz")))
			.containsExactly("audit-credential-by-hand");
		assertThat(acts(call("secretsmanager", "GetSecretValue") + "," + task.formatted("Compute-SlaTaskRole0A1B-xyz")))
			.isEmpty();
	}

	/**
	 * What takes evidence, the database or a credential away is told at night too; a
	 * single one of such acts is too many.
	 */
	@Test
	void whatCannotWaitUntilTheMorningWakesSomebody() {
		assertThat(Act.all()).filteredOn((act) -> act.urgency() == Urgency.PAGE)
			.allSatisfy((act) -> assertThat(act.most()).isZero())
			.extracting(Act::name)
			.containsExactlyInAnyOrder("audit-root-used", "audit-trail-changed", "audit-key-disabled",
					"audit-database-touched", "audit-secret-read", "audit-credential-by-hand", "audit-shell-opened");
		assertThat(Act.all()).filteredOn((act) -> act.most() > 0)
			.extracting(Act::name)
			.containsExactlyInAnyOrder("audit-sign-in-failures", "audit-calls-refused");
	}

	@Test
	void namesAreOnce() {
		assertThat(Act.all()).extracting(Act::name).doesNotHaveDuplicates().hasSizeGreaterThan(12);
	}

}
