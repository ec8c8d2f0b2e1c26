package io.punctual.infrastructure.data;

import java.util.List;

import io.punctual.infrastructure.common.Explained;
import io.punctual.infrastructure.common.Logs;
import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.network.NetworkStack;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Environment.DatabaseSize;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.rds.CfnDBInstance;
import software.amazon.awscdk.services.rds.CfnDBParameterGroup;
import software.amazon.awscdk.services.rds.CfnDBSubnetGroup;
import software.amazon.awscdk.services.ssm.StringParameter;
import software.constructs.Construct;

/**
 * MySQL 8.4 with a standby in another zone. Services come in by IAM, over TLS; the master
 * secret is the manager's and is read by migrations only.
 */
public final class Database extends Construct {

	/**
	 * Its identifier.
	 */
	public static final String NAME = "punctual";

	/**
	 * Where {@code release/settle} reads which secret is the master's. No other stack
	 * imports it, nor anything else that a restored database has anew: what is imported
	 * cannot change.
	 */
	static final String MASTER_SECRET_PARAMETER = "/punctual/release/master-secret";

	private static final int TOP_INSIGHTS_DAYS = 465;

	private static final int FREE_INSIGHTS_DAYS = 7;

	private final Key key;

	private final CfnDBInstance instance;

	private final CfnDBSubnetGroup subnets;

	private final CfnDBParameterGroup parameters;

	Database(Construct scope, Environment environment, NetworkStack network) {
		super(scope, "Database");
		DatabaseSize size = environment.database();
		this.key = DatabaseKey.create(this, environment);
		this.subnets = CfnDBSubnetGroup.Builder.create(this, "Subnets")
			.dbSubnetGroupName(NAME)
			.dbSubnetGroupDescription("Subnets without any way out")
			.subnetIds(network.vpc().selectSubnets(network.dataSubnets()).getSubnetIds())
			.build();
		this.parameters = CfnDBParameterGroup.Builder.create(this, "Parameters")
			.dbParameterGroupName("punctual-mysql84")
			.family("mysql8.4")
			.description("TLS for everybody, and what MySQL is to write down")
			.parameters(Ordered.map("require_secure_transport", "1", "tls_version", "TLSv1.2,TLSv1.3", "time_zone",
					"UTC", "transaction_isolation", "READ-COMMITTED", "innodb_print_all_deadlocks", "1",
					"slow_query_log", "1", "long_query_time", "1", "log_output", "FILE"))
			.build();
		Role monitoring = Role.Builder.create(this, "Monitoring")
			.assumedBy(ServicePrincipal.Builder.create("monitoring.rds.amazonaws.com").build())
			.managedPolicies(
					List.of(ManagedPolicy.fromAwsManagedPolicyName("service-role/AmazonRDSEnhancedMonitoringRole")))
			.build();
		Explained.exception(monitoring, "AwsSolutions-IAM4",
				"AWS's own policy for this role writes to the group RDSOSMetrics and nothing else.");
		boolean production = environment.isProduction();
		this.instance = CfnDBInstance.Builder.create(this, "Instance")
			.dbInstanceIdentifier(NAME)
			.engine("mysql")
			.engineVersion("8.4.10")
			.engineLifecycleSupport("open-source-rds-extended-support-disabled")
			.autoMinorVersionUpgrade(true)
			.allowMajorVersionUpgrade(false)
			.dbInstanceClass("db." + size.instance())
			.multiAz(size.standby())
			.storageType("gp3")
			.allocatedStorage(String.valueOf(size.storageGib()))
			.maxAllocatedStorage(size.largestStorageGib())
			.storageEncrypted(true)
			.kmsKeyId(this.key.getKeyArn())
			.masterUsername("punctual_master")
			.manageMasterUserPassword(true)
			.masterUserSecret(CfnDBInstance.MasterUserSecretProperty.builder().kmsKeyId(this.key.getKeyArn()).build())
			.enableIamDatabaseAuthentication(true)
			.caCertificateIdentifier("rds-ca-rsa2048-g1")
			.publiclyAccessible(false)
			.dbSubnetGroupName(this.subnets.getRef())
			.dbParameterGroupName(this.parameters.getRef())
			.vpcSecurityGroups(List.of(network.groups().database().getSecurityGroupId()))
			.backupRetentionPeriod(size.backupDays())
			.preferredBackupWindow("01:00-01:30")
			.preferredMaintenanceWindow("tue:02:00-tue:03:00")
			.copyTagsToSnapshot(true)
			.deleteAutomatedBackups(false)
			.deletionProtection(true)
			.databaseInsightsMode(production ? "advanced" : "standard")
			.enablePerformanceInsights(true)
			.performanceInsightsKmsKeyId(this.key.getKeyArn())
			.performanceInsightsRetentionPeriod(production ? TOP_INSIGHTS_DAYS : FREE_INSIGHTS_DAYS)
			.monitoringInterval(60)
			.monitoringRoleArn(monitoring.getRoleArn())
			.enableCloudwatchLogsExports(List.of("error", "slowquery"))
			.build();
		this.instance.applyRemovalPolicy(RemovalPolicy.SNAPSHOT);
		for (String log : List.of("error", "slowquery")) {
			this.instance.getNode()
				.addDependency(
						Logs.group(this, "Log-" + log, "/aws/rds/instance/%s/%s".formatted(NAME, log), environment));
		}
		StringParameter.Builder.create(this, "MasterSecret")
			.parameterName(MASTER_SECRET_PARAMETER)
			.description("The master's user and password, rotated by RDS")
			.stringValue(this.instance.getAttrMasterUserSecretSecretArn())
			.build();
		Explained.exception(this.instance, "AwsSolutions-RDS11",
				"Another port hides nothing: only the groups of tasks are let in, from subnets without a way out.");
	}

	/**
	 * Host to connect to; the same before and after a failover.
	 */
	public String host() {
		return this.instance.getAttrEndpointAddress();
	}

	public String arn() {
		return this.instance.getAttrDbInstanceArn();
	}

	public Key key() {
		return this.key;
	}

	public String subnetGroup() {
		return this.subnets.getRef();
	}

	public String parameterGroup() {
		return this.parameters.getRef();
	}

}
