package io.punctual.infrastructure.data;

import java.util.Map;
import java.util.TreeMap;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the database is made of and what looks after it.
 */
@NeedsNode
class DatabaseTests {

	private final Template data = Synthesised.production().stack("Data");

	private final Resource database = this.data.only("AWS::RDS::DBInstance");

	@Test
	void takesMinorVersionsByItselfAndMajorOnesOrLongerSupportNever() {
		assertThat(this.database.at("AutoMinorVersionUpgrade").asBoolean(false)).isTrue();
		assertThat(this.database.at("AllowMajorVersionUpgrade").asBoolean(true)).isFalse();
		// Else it is paid for by the processor and hour once 8.4 is no longer supported.
		assertThat(this.database.text("EngineLifecycleSupport")).isEqualTo("open-source-rds-extended-support-disabled");
	}

	@Test
	void canBeInEachZoneAndGrowsTenfold() {
		assertThat(this.data.only("AWS::RDS::DBSubnetGroup").at("SubnetIds")).hasSize(3);
		assertThat(this.database.text("DBSubnetGroupName/Ref"))
			.isEqualTo(this.data.only("AWS::RDS::DBSubnetGroup").id());
		assertThat(this.database.text("StorageType")).isEqualTo("gp3");
		assertThat(this.database.at("MaxAllocatedStorage").asInt())
			.isEqualTo(10 * this.database.at("AllocatedStorage").asInt());
	}

	/**
	 * RDS refuses windows that overlap, and AWS Backup takes no snapshot beside either:
	 * its own begins after both.
	 */
	@Test
	void isBackedUpThenMaintainedThenCopied() {
		assertThat(this.database.text("PreferredBackupWindow")).isEqualTo("01:00-01:30");
		assertThat(this.database.text("PreferredMaintenanceWindow")).isEqualTo("tue:02:00-tue:03:00");
		Resource plan = this.data.only("AWS::Backup::BackupPlan");
		String rule = "BackupPlan/BackupPlanRule/0/";
		assertThat(plan.text(rule + "ScheduleExpression")).isEqualTo("cron(30 3 * * ? *)");
		assertThat(plan.at(rule + "StartWindowMinutes").asInt()).isEqualTo(60);
		assertThat(plan.at(rule + "CompletionWindowMinutes").asInt()).isEqualTo(240);
		assertThat(plan.text(rule + "TargetBackupVault/Fn::GetAtt/0"))
			.isEqualTo(this.data.only("AWS::Backup::BackupVault").id());
		assertThat(this.data.only("AWS::Backup::BackupSelection").text("BackupPlanId/Fn::GetAtt/0"))
			.isEqualTo(plan.id());
	}

	@Test
	void measuresItsHostOnceAMinuteByARoleThatMayWriteItDown() {
		assertThat(this.database.at("MonitoringInterval").asInt()).isEqualTo(60);
		String role = this.database.text("MonitoringRoleArn/Fn::GetAtt/0");
		assertThat(this.data.only("AWS::IAM::Role", (one) -> one.id().equals(role)).at("ManagedPolicyArns").toString())
			.contains("AmazonRDSEnhancedMonitoringRole");
	}

	/**
	 * RDS would make groups that keep for ever what is written to them.
	 */
	@Test
	void writesItsLogsIntoGroupsThatWereMadeBefore() {
		assertThat(this.database.at("EnableCloudwatchLogsExports").toString()).isEqualTo("[\"error\",\"slowquery\"]");
		assertThat(this.data.all("AWS::Logs::LogGroup")).hasSize(2)
			.allSatisfy((group) -> assertThat(this.database.json().path("DependsOn").toString())
				.contains("\"" + group.id() + "\""))
			.extracting((group) -> group.text("LogGroupName"))
			.containsExactlyInAnyOrder("/aws/rds/instance/punctual/error", "/aws/rds/instance/punctual/slowquery");
	}

	@Test
	void keysAreFoundByTheirNames() {
		Map<String, String> named = new TreeMap<>();
		this.data.all("AWS::KMS::Alias")
			.forEach((alias) -> named.put(alias.text("AliasName"), alias.text("TargetKeyId/Fn::GetAtt/0")));
		assertThat(named).containsOnlyKeys("alias/punctual/database", "alias/punctual/secrets")
			.containsEntry("alias/punctual/database", this.data.named("AWS::KMS::Key", "DatabaseKey").id())
			.containsEntry("alias/punctual/secrets", this.data.named("AWS::KMS::Key", "SecretsKey").id());
	}

}
