package io.punctual.infrastructure.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.punctual.infrastructure.settings.Repository;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DataStack} and {@link VaultStack}.
 */
@NeedsNode
class DataStackTests {

	private final Template data = Synthesised.production().stack("Data");

	private final Resource database = this.data.only("AWS::RDS::DBInstance");

	@Test
	void runsMySqlWithAStandbyInAnotherZone() {
		assertThat(this.database.text("Engine")).isEqualTo("mysql");
		assertThat(this.database.text("EngineVersion")).startsWith("8.4.");
		assertThat(this.database.at("MultiAZ").asBoolean()).isTrue();
	}

	@Test
	void encryptsWithAKeyOfItsOwn() {
		assertThat(this.database.at("StorageEncrypted").asBoolean()).isTrue();
		assertThat(this.database.at("KmsKeyId").toString()).contains("DatabaseKey");
		assertThat(this.data.all("AWS::KMS::Key")).hasSize(2)
			.allSatisfy((key) -> assertThat(key.at("EnableKeyRotation").asBoolean()).isTrue());
	}

	@Test
	void insistsOnTls() {
		assertThat(this.data.only("AWS::RDS::DBParameterGroup").text("Parameters/require_secure_transport"))
			.isEqualTo("1");
		assertThat(this.database.at("DBParameterGroupName").toString()).contains("DatabaseParameters");
	}

	/**
	 * That RDS lets them be set is asked of an account: {@code release/probe}.
	 */
	@Test
	void setsNothingThatIsNotAskedOfAnAccount() throws IOException {
		List<String> set = new ArrayList<>();
		this.data.only("AWS::RDS::DBParameterGroup")
			.at("Parameters")
			.properties()
			.forEach((one) -> set.add(one.getKey() + "=" + one.getValue().asString()));
		Collections.sort(set);
		assertThat(Files.readString(Repository.file("release/probes/account.yaml")))
			.contains("expect: \"" + String.join("\\n", set) + "\\nin-sync\"");
	}

	/**
	 * RDS takes 0 and 1 for those that MySQL also calls OFF and ON.
	 */
	@Test
	void saysYesAndNoAsTheServiceTakesThem() {
		assertThat(this.data.only("AWS::RDS::DBParameterGroup").at("Parameters"))
			.extracting((value) -> value.asString(""))
			.isNotEmpty()
			.doesNotContain("ON", "OFF", "");
	}

	@Test
	void isReachedByIamAndHasNoPasswordOfOurs() {
		assertThat(this.database.at("EnableIAMDatabaseAuthentication").asBoolean()).isTrue();
		assertThat(this.database.at("ManageMasterUserPassword").asBoolean()).isTrue();
		assertThat(this.database.at("MasterUserPassword").isMissingNode()).isTrue();
	}

	/**
	 * As in the tests: what the services' clocks and their event logs rest upon.
	 */
	@Test
	void keepsTheTimeAndIsolatesTransactionsAsTheServicesNeedIt() {
		Resource parameters = this.data.only("AWS::RDS::DBParameterGroup");
		assertThat(parameters.text("Family")).isEqualTo("mysql8.4");
		assertThat(parameters.text("Parameters/time_zone")).isEqualTo("UTC");
		assertThat(parameters.text("Parameters/transaction_isolation")).isEqualTo("READ-COMMITTED");
	}

	/**
	 * The services trust no other; the certificate's authority is RDS's name of one of
	 * them.
	 */
	@Test
	void showsACertificateOfAnAuthorityThatTheServicesTrust() throws Exception {
		assertThat(this.database.text("CACertificateIdentifier")).isEqualTo("rds-ca-rsa2048-g1");
		try (InputStream authorities = Files
			.newInputStream(Repository.file("services/aws/src/main/resources/rds-authorities.pem"))) {
			assertThat(CertificateFactory.getInstance("X.509").generateCertificates(authorities))
				.anySatisfy((authority) -> assertThat(((X509Certificate) authority).getSubjectX500Principal().getName())
					.contains("CN=Amazon RDS eu-west-1 Root CA RSA2048 G1"));
		}
	}

	@Test
	void isNotPublic() {
		assertThat(this.database.at("PubliclyAccessible").asBoolean(true)).isFalse();
		assertThat(this.data.only("AWS::RDS::DBSubnetGroup").at("SubnetIds").toString()).contains("VpcdataSubnet")
			.doesNotContain("public", "reaching", "inner");
	}

	@Test
	void saysBesideTheShortestPromiseHowLongAFailoverTakes() throws Exception {
		assertThat(Files.readString(Repository.file("docs/decisions/recovery.md"))).contains("can make is 30 s",
				"60 to 120 s", "(RPO)", "(RTO)");
		assertThat(Files.readAllLines(Repository.file("gateway-config/openapi.yaml")))
			.filteredOn((line) -> line.contains("PT30S to P365D"))
			.singleElement()
			.asString()
			.contains("60 to 120 seconds");
	}

	@Test
	void canGoBackToAnyPointOfFiveWeeks() {
		assertThat(this.database.at("BackupRetentionPeriod").asInt()).isEqualTo(35);
		assertThat(this.database.at("DeleteAutomatedBackups").asBoolean(true)).isFalse();
	}

	@Test
	void copiesABackupADayToTheLogAccount() {
		Resource plan = this.data.only("AWS::Backup::BackupPlan");
		assertThat(plan.text("BackupPlan/BackupPlanRule/0/ScheduleExpression")).isEqualTo("cron(30 3 * * ? *)");
		assertThat(plan.text("BackupPlan/BackupPlanRule/0/CopyActions/0/DestinationBackupVaultArn"))
			.isEqualTo("arn:aws:backup:eu-west-1:333333333333:backup-vault:punctual-production");
		assertThat(this.data.only("AWS::Backup::BackupSelection").at("BackupSelection/Resources").toString())
			.contains(this.database.id());
	}

	/**
	 * What the policy of AWS Backup's own role does with the key of a snapshot that it
	 * copies: it looks at the key itself, and has RDS do the rest.
	 */
	@Test
	void letsTheLogAccountReadTheKeyForCopiesOnly() {
		String viaRds = "{\"StringEquals\":{\"kms:ViaService\":\"rds.eu-west-1.amazonaws.com\"}}";
		Map<String, String> conditions = new TreeMap<>();
		this.data.named("AWS::KMS::Key", "DatabaseKey").at("KeyPolicy/Statement").forEach((statement) -> {
			if (statement.get("Principal").toString().contains("333333333333")) {
				JsonNode actions = statement.get("Action");
				(actions.isArray() ? actions : List.of(actions))
					.forEach((action) -> conditions.put(action.asString(), statement.path("Condition").toString()));
			}
		});
		assertThat(conditions).isEqualTo(Map.of("kms:DescribeKey", "", "kms:Decrypt", viaRds,
				"kms:GenerateDataKeyWithoutPlaintext", viaRds, "kms:ListGrants", viaRds, "kms:ReEncryptFrom", viaRds,
				"kms:CreateGrant", viaRds.replaceFirst("}$", ",\"Bool\":{\"kms:GrantIsForAWSResource\":\"true\"}}")));
	}

	/**
	 * What other stacks import cannot change, and a restored database has another id and
	 * another secret.
	 */
	@Test
	void exportsNothingThatARestoredDatabaseHasAnew() throws Exception {
		assertThat(this.data.json().path("Outputs").toString()).contains("Endpoint.Address")
			.doesNotContain("DbiResourceId", "MasterUserSecret");
		Resource secret = this.data.only("AWS::SSM::Parameter");
		assertThat(secret.at("Value").toString()).contains(this.database.id(), "MasterUserSecret.SecretArn");
		assertThat(Files.readString(Repository.file("release/settle")))
			.contains("DATABASE_MASTER_SECRET=$(aws ssm get-parameter --name %s ".formatted(secret.text("Name")));
	}

	@Test
	void locksTheCopiesForGoodInProductionOnly() {
		Resource vault = Synthesised.production().stack("Vault-production").only("AWS::Backup::BackupVault");
		assertThat(vault.at("LockConfiguration/MinRetentionDays").asInt()).isEqualTo(7);
		assertThat(vault.at("LockConfiguration/ChangeableForDays").asInt()).isEqualTo(3);
		assertThat(vault.at("AccessPolicy").toString()).contains("222222222222", "backup:CopyIntoBackupVault")
			.doesNotContain("backup:*", "backup:Start");
		Resource staging = Synthesised.staging().stack("Vault-staging").only("AWS::Backup::BackupVault");
		assertThat(staging.at("LockConfiguration/ChangeableForDays").isMissingNode()).isTrue();
	}

	/**
	 * A copy in another account needs a key of the vault's own: those that AWS manages
	 * cannot be shared.
	 */
	@Test
	void keepsVaultsAndKeysEvenWithoutTheirStacks() {
		Template away = Synthesised.production().stack("Vault-production");
		assertThat(away.only("AWS::Backup::BackupVault").at("EncryptionKeyArn").toString())
			.contains(away.only("AWS::KMS::Key").id());
		for (Template stack : List.of(this.data, away)) {
			for (String type : List.of("AWS::KMS::Key", "AWS::Backup::BackupVault")) {
				assertThat(stack.all(type)).isNotEmpty()
					.allSatisfy((kept) -> assertThat(kept.json().path("DeletionPolicy").asString(""))
						.isEqualTo("RetainExceptOnCreate"));
			}
		}
	}

	@Test
	void givesTheBackupTheRightsThatAwsHasForIt() {
		Resource selection = this.data.only("AWS::Backup::BackupSelection");
		Resource role = this.data.only("AWS::IAM::Role", (one) -> selection.mentions(one.id()));
		assertThat(role.at("AssumeRolePolicyDocument").toString()).contains("backup.amazonaws.com");
		assertThat(role.at("ManagedPolicyArns").toString()).contains("AWSBackupServiceRolePolicyForBackup");
	}

	@Test
	void growsBeforeItIsFull() {
		assertThat(this.database.at("MaxAllocatedStorage").asInt())
			.isGreaterThan(this.database.at("AllocatedStorage").asInt());
	}

	@Test
	void isNotTakenAwayWithTheStack() {
		assertThat(this.database.at("DeletionProtection").asBoolean()).isTrue();
		assertThat(this.database.json().path("DeletionPolicy").asString()).isEqualTo("Snapshot");
		assertThat(this.database.json().path("UpdateReplacePolicy").asString()).isEqualTo("Snapshot");
	}

	@Test
	void isLookedIntoAndKeptUpInANightsHour() {
		assertThat(this.database.text("DatabaseInsightsMode")).isEqualTo("advanced");
		assertThat(this.database.text("PreferredMaintenanceWindow")).isEqualTo("tue:02:00-tue:03:00");
		assertThat(this.database.at("EnableCloudwatchLogsExports").toString()).contains("error", "slowquery");
		assertThat(this.data.all("AWS::Logs::LogGroup"))
			.allSatisfy((group) -> assertThat(group.at("RetentionInDays").asInt()).isEqualTo(90));
	}

	@Test
	void takesNoOldTls() {
		assertThat(this.data.only("AWS::RDS::DBParameterGroup").text("Parameters/tls_version"))
			.isEqualTo("TLSv1.2,TLSv1.3");
	}

	@Test
	void isInAGroupOfItsOwnAndKeepsWhatItMeasuresUnderItsKey() {
		assertThat(this.database.at("VPCSecurityGroups")).singleElement()
			.satisfies((group) -> assertThat(group.toString()).contains("GroupsDatabase"));
		assertThat(this.database.at("EnablePerformanceInsights").asBoolean(false)).isTrue();
		// The advanced mode keeps fifteen months and takes no less.
		assertThat(this.database.at("PerformanceInsightsRetentionPeriod").asInt()).isEqualTo(465);
		assertThat(this.database.at("PerformanceInsightsKMSKeyId").toString()).contains("DatabaseKey");
		assertThat(this.database.at("MasterUserSecret/KmsKeyId").toString()).contains("DatabaseKey");
	}

	@Test
	void keepsCopiesForFiveWeeksAndItsOwnForOne() {
		Resource plan = this.data.only("AWS::Backup::BackupPlan");
		assertThat(plan.at("BackupPlan/BackupPlanRule/0/CopyActions/0/Lifecycle/DeleteAfterDays").asInt())
			.isEqualTo(35);
		assertThat(plan.at("BackupPlan/BackupPlanRule/0/Lifecycle/DeleteAfterDays").asInt()).isEqualTo(7);
		Resource vault = Synthesised.production().stack("Vault-production").only("AWS::Backup::BackupVault");
		assertThat(plan.text("BackupPlan/BackupPlanRule/0/CopyActions/0/DestinationBackupVaultArn"))
			.endsWith(":" + vault.text("BackupVaultName"));
		assertThat(this.data.only("AWS::Backup::BackupVault").at("EncryptionKeyArn").isMissingNode()).isFalse();
	}

}
