package io.punctual.infrastructure.audit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.punctual.infrastructure.alarm.Urgency;

/**
 * An act in the account that somebody wants to know of, as CloudTrail tells it.
 *
 * @param name the alarm's and its runbook's name
 * @param urgency how soon
 * @param says what happened
 * @param pattern which events are such acts
 * @param most how many in five minutes are nothing special
 * @see <a href="https://www.cisecurity.org/benchmark/amazon_web_services">CIS AWS
 * Foundations Benchmark, Monitoring</a>
 */
record Act(String name, Urgency urgency, String says, String pattern, int most) {

	/**
	 * How the names of roles begin whose acts were reviewed as code: CloudFormation's.
	 * And service-linked roles are AWS's alone: by one of them a service is scaled and
	 * the alarms of its scaling are made and deleted. A role that a stack makes is called
	 * by the stack and its logical id.
	 */
	private static final List<String> MACHINES = List.of("cdk-*", "AWSServiceRoleFor*");

	/**
	 * The pipeline's role, which deploys, and those of its builds, which push and set
	 * Traffic's stack policy; not those that run what a pull request brings. And the
	 * watcher's of deployments, of which Application Auto Scaling tries whether it might
	 * update a service.
	 */
	private static final String[] PIPELINE = { "Pipeline-Role*", "Pipeline-Builds*",
			"Deployment-FunctionsWatcherRole*" };

	/**
	 * The restore drill's role, which restores and deletes, and AWS Backup's, which
	 * shares each day's snapshot with the log account and deletes it a week later.
	 */
	private static final String[] RESTORE_AND_BACKUP = { "Drill-Role*", "Data-BackupsRole*" };

	/**
	 * All acts that are watched.
	 */
	static List<Act> all() {
		return List.of(
				page("audit-root-used", "The account's root user did something",
						"($.userIdentity.type = \"Root\") && ($.userIdentity.invokedBy NOT EXISTS) && "
								+ "($.eventType != \"AwsServiceEvent\")"),
				ticket("audit-sign-in-without-mfa", "Somebody signed in to the console without a second factor",
						"($.eventName = \"ConsoleLogin\") && ($.additionalEventData.MFAUsed != \"Yes\") && "
								+ "($.userIdentity.type = \"IAMUser\") && "
								+ "($.responseElements.ConsoleLogin = \"Success\")"),
				many("audit-sign-in-failures", "Many sign-ins to the console failed",
						"($.eventName = \"ConsoleLogin\") && ($.errorMessage = \"Failed authentication\")", 3),
				many("audit-calls-refused", "Many calls were refused",
						"($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\")", 20),
				ticket("audit-rights-changed", "Rights were changed by hand",
						// Whatever is not a question, so that no way to a right is
						// forgotten.
						"($.eventSource = \"iam.amazonaws.com\") && ($.eventName != \"Get*\") && "
								+ "($.eventName != \"List*\") && ($.eventName != \"Generate*\") && "
								+ "($.eventName != \"Simulate*\") && " + notBy()),
				page("audit-trail-changed", "The audit trail was changed",
						"(" + event("cloudtrail.amazonaws.com", "StopLogging", "DeleteTrail", "UpdateTrail",
								"PutEventSelectors", "PutInsightSelectors") + ") || (("
								+ names("DeleteAlarms", "DisableAlarmActions", "PutMetricAlarm", "SetAlarmState",
										"DeleteMetricFilter", "PutMetricFilter", "DeleteLogGroup", "DeleteLogStream",
										"DeleteTopic", "Unsubscribe")
								+ ") && " + notBy() + ")"),
				page("audit-key-disabled", "A key was disabled, or its end was ordered",
						"(" + event("kms.amazonaws.com", "DisableKey", "ScheduleKeyDeletion", "DisableKeyRotation")
								+ ") || (" + byHand("kms.amazonaws.com", "PutKeyPolicy", "DeleteAlias", "UpdateAlias")
								+ ")"),
				ticket("audit-bucket-changed", "Who may read or keep a bucket was changed by hand",
						byHand("s3.amazonaws.com", "PutBucket*", "DeleteBucket*", "PutAccountPublicAccessBlock",
								"DeleteAccountPublicAccessBlock")),
				// What asks of these is named in the plural: DescribeSecurityGroups.
				ticket("audit-firewall-changed", "Who may speak to whom was changed by hand",
						byHand("ec2.amazonaws.com", "*SecurityGroup", "*SecurityGroupIngress", "*SecurityGroupEgress",
								"ModifySecurityGroupRules", "*NetworkAcl", "*NetworkAclEntry",
								"*NetworkAclAssociation")),
				ticket("audit-routes-changed", "The network's ways were changed by hand",
						byHand("ec2.amazonaws.com", "*Route", "*RouteTable", "*RouteTableAssociation",
								"*InternetGateway", "*CustomerGateway", "*VpcPeeringConnection", "*Vpc",
								"ModifyVpcAttribute", "ModifyVpcEndpoint", "DeleteFlowLogs")),
				page("audit-database-touched", "The database was changed, copied out or deleted by hand",
						event("rds.amazonaws.com", "ModifyDBInstance", "DeleteDBInstance",
								"RestoreDBInstanceFromDBSnapshot", "RestoreDBInstanceToPointInTime",
								"ModifyDBSnapshotAttribute", "CopyDBSnapshot", "DeleteDBSnapshot",
								"DeleteDBInstanceAutomatedBackup") + " && " + notBy(RESTORE_AND_BACKUP)),
				page("audit-secret-read", "A secret was read by a person",
						"($.eventSource = \"secretsmanager.amazonaws.com\") && ($.eventName = \"GetSecretValue\") && "
								+ "($.userIdentity.type = \"IAMUser\" || "
								+ "$.userIdentity.sessionContext.sessionIssuer.userName = \"AWSReservedSSO_*\")"),
				ticket("audit-release-by-hand", "Something was released past the pipeline, or the pipeline was changed",
						"(" + names("UpdateService", "CreateDeployment", "StopDeployment", "UpdateDeploymentGroup",
								"UpdatePipeline", "UpdateProject", "PutImage", "UpdateFunctionCode20150331v2",
								"SetStackPolicy") + ") && " + notBy(PIPELINE)),
				page("audit-credential-by-hand", "A client of the user pool was made or read past Punctual",
						"($.eventSource = \"cognito-idp.amazonaws.com\") && ("
								+ names("CreateUserPoolClient", "UpdateUserPoolClient", "DescribeUserPoolClient",
										"AdminAddUserToGroup")
								+ ") && ($.userIdentity.sessionContext.sessionIssuer.userName NOT EXISTS || "
								+ "($.userIdentity.sessionContext.sessionIssuer.userName != \"" + ISSUER + "*\" && "
								+ "$.userIdentity.sessionContext.sessionIssuer.userName != \"cdk-*\"))"),
				page("audit-shell-opened", "Somebody opened a shell in a task",
						"($.eventName = \"ExecuteCommand\") || ($.eventName = \"StartSession\")"));
	}

	/**
	 * How the name of the role begins by which {@code clients} makes credentials.
	 */
	static final String ISSUER = "Compute-ClientsTaskRole";

	private static Act page(String name, String says, String pattern) {
		return new Act(name, Urgency.PAGE, says, "{ " + pattern + " }", 0);
	}

	private static Act ticket(String name, String says, String pattern) {
		return new Act(name, Urgency.TICKET, says, "{ " + pattern + " }", 0);
	}

	private static Act many(String name, String says, String pattern, int most) {
		return new Act(name, Urgency.TICKET, says, "{ " + pattern + " }", most);
	}

	private static String event(String source, String... names) {
		return "($.eventSource = \"" + source + "\") && (" + names(names) + ")";
	}

	private static String byHand(String source, String... names) {
		return event(source, names) + " && " + notBy();
	}

	/**
	 * By nobody of {@link #MACHINES}, nor of the roles whose names begin so.
	 */
	private static String notBy(String... roles) {
		String issuer = "$.userIdentity.sessionContext.sessionIssuer.userName";
		return Stream.concat(MACHINES.stream(), Stream.of(roles))
			.map((role) -> issuer + " != \"" + role + "\"")
			.collect(Collectors.joining(" && ", "(" + issuer + " NOT EXISTS || (", "))"));
	}

	private static String names(String... names) {
		return Arrays.stream(names).map((name) -> "$.eventName = \"" + name + "\"").collect(Collectors.joining(" || "));
	}

}
