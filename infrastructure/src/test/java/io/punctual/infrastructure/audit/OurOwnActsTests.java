package io.punctual.infrastructure.audit;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What our own roles do each day rings for nobody, and the rest of what they could do
 * does. A role is called by its stack and its logical id, so each is looked up in the
 * template that makes it: a stack that is renamed must not make each release ring.
 */
@NeedsNode
class OurOwnActsTests {

	@ParameterizedTest
	@CsvSource({ "Pipeline, Role, codedeploy, CreateDeployment", "Pipeline, BuildsBuildRole, ecr, PutImage",
			"Pipeline, BuildsStepsRole, cloudformation, SetStackPolicy",
			"Deployment, FunctionsWatcherRole, ecs, UpdateService", "Drill, Role, rds, RestoreDBInstanceToPointInTime",
			"Drill, Role, rds, DeleteDBInstance", "Data, BackupsRole, rds, ModifyDBSnapshotAttribute",
			"Data, BackupsRole, rds, CopyDBSnapshot", "Data, BackupsRole, rds, DeleteDBSnapshot" })
	void whatOurOwnRolesDoEachDayIsNoActOfAPerson(String stack, String role, String source, String name) {
		assertThat(ActTests.acts(ActTests.call(source, name) + "," + ours(stack, role))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "Pipeline, PullRequestsSuiteRole, ecr, PutImage, audit-release-by-hand",
			"Pipeline, BuildsStepsRole, rds, ModifyDBInstance, audit-database-touched",
			"Pipeline, BuildsStepsRole, iam, PutRolePolicy, audit-rights-changed",
			"Drill, Role, s3, PutBucketPolicy, audit-bucket-changed",
			"Data, BackupsRole, kms, PutKeyPolicy, audit-key-disabled",
			"Deployment, FunctionsSlaHookRole, ecs, UpdateService, audit-release-by-hand",
			"Deployment, FunctionsWatcherRole, rds, ModifyDBInstance, audit-database-touched" })
	void whatIsNotTheirWorkIsNoticed(String stack, String role, String source, String name, String act) {
		assertThat(ActTests.acts(ActTests.call(source, name) + "," + ours(stack, role))).containsExactly(act);
	}

	private static String ours(String stack, String role) {
		String id = Synthesised.production()
			.stack(stack)
			.only("AWS::IAM::Role", (one) -> one.id().matches(role + "[0-9A-F]{8}"))
			.id();
		return "'userIdentity':{'type':'AssumedRole','sessionContext':{'sessionIssuer':{'userName':'" + stack + "-" + id
				+ "-1Q2W3E4R5T6Y'}}}";
	}

}
