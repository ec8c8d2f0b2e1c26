package io.punctual.infrastructure.release;

import java.util.ArrayList;
import java.util.List;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each part of the pipeline may do, and may not: a build runs a commit's code.
 */
@NeedsNode
class PipelineRightsTests {

	private final Template stack = Synthesised.production().stack("Pipeline");

	@Test
	void signsWithAKeyThatNobodyCanTakeAway() {
		Resource key = this.stack.only("AWS::KMS::Key");
		assertThat(key.text("KeyUsage")).isEqualTo("SIGN_VERIFY");
		assertThat(key.json().path("DeletionPolicy").asString()).isEqualTo("RetainExceptOnCreate");
		assertThat(this.stack.only("AWS::KMS::Alias").text("AliasName")).isEqualTo("alias/punctual-release");
	}

	@Test
	void letsOnlyTheBuildSign() {
		List<String> signing = this.stack.all("AWS::IAM::Policy")
			.stream()
			.filter((policy) -> policy.json().toString().contains("\"kms:Sign\""))
			.map(Resource::id)
			.toList();
		assertThat(signing).singleElement().asString().startsWith("BuildsBuild");
	}

	@ParameterizedTest
	@CsvSource({ "BuildsSettle", "BuildsSteps" })
	void letsWhoStartsImagesSeeTheirSignatures(String project) {
		String policy = this.stack.named("AWS::IAM::Policy", project).json().toString();
		assertThat(policy).contains("kms:GetPublicKey", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer",
				"ecr:GetAuthorizationToken");
		assertThat(policy).doesNotContain("ecr:PutImage", "kms:Sign\"");
	}

	/**
	 * What compiles a commit's code cannot say that something is deployed, nor ask what
	 * is.
	 */
	@Test
	void letsTheBuildNoteWhatItBeginsAndNothingElse() {
		Resource policy = this.stack.named("AWS::IAM::Policy", "BuildsBuild");
		List<JsonNode> writing = policy.at("PolicyDocument/Statement")
			.valueStream()
			.filter((statement) -> statement.path("Action").toString().contains("ssm:PutParameter"))
			.toList();
		assertThat(writing).singleElement()
			.satisfies((statement) -> assertThat(statement.path("Resource").asString())
				.endsWith(":parameter/punctual/release/begun/*"));
		assertThat(policy.json().toString()).doesNotContain("cloudformation:");
	}

	@Test
	void letsNoBuildDeployAStack() {
		List<String> deploying = this.stack.all("AWS::IAM::Policy")
			.stream()
			.filter((policy) -> policy.json().toString().contains("cdk-hnb659fds"))
			.map(Resource::id)
			.toList();
		assertThat(deploying).singleElement().asString().startsWith("BuildsSteps");
	}

	/**
	 * What it tests has third parties' code in it, too.
	 */
	@Test
	void letsTheSuiteWriteItsCacheAndItsNotesOnly() {
		List<String> written = new ArrayList<>();
		this.stack.named("AWS::IAM::Policy", "SuiteTest").at("PolicyDocument/Statement").forEach((statement) -> {
			if (statement.path("Action").toString().contains("s3:PutObject")) {
				statement.path("Resource").forEach((resource) -> written.add(resource.toString()));
			}
		});
		assertThat(written).isNotEmpty()
			.filteredOn((resource) -> resource.contains("/"))
			.allMatch((resource) -> resource.contains("/cache-test/*") || resource.contains("/tested/*"));
		assertThat(this.stack.named("AWS::CodeBuild::Project", "SuiteTest").at("Cache").toString())
			.contains("/cache-test");
	}

	@Test
	void passesNothingButTheTasksRoles() {
		this.stack.all("AWS::IAM::Policy")
			.forEach((policy) -> policy.at("PolicyDocument/Statement").forEach((statement) -> {
				if (statement.path("Action").toString().contains("iam:PassRole")) {
					assertThat(statement.at("/Condition/StringEquals/iam:PassedToService").asString())
						.isEqualTo("ecs-tasks.amazonaws.com");
					assertThat(statement.path("Resource")).isNotEmpty()
						.allSatisfy((role) -> assertThat(role.path("Fn::ImportValue").asString()).startsWith("Compute:")
							.contains("Role"));
				}
			}));
	}

	/** It sees which runs are on their way, of its own pipeline, and begins none. */
	@Test
	void letsTheBuildAskOfThePipelineWhatRunsAndNothingElse() {
		List<JsonNode> asking = this.stack.named("AWS::IAM::Policy", "BuildsBuild")
			.at("PolicyDocument/Statement")
			.valueStream()
			.filter((statement) -> statement.path("Action").toString().contains("codepipeline:"))
			.toList();
		assertThat(asking).singleElement().satisfies((statement) -> {
			assertThat(statement.path("Action").asString()).isEqualTo("codepipeline:ListPipelineExecutions");
			assertThat(statement.path("Resource").asString())
				.isEqualTo("arn:aws:codepipeline:eu-west-1:222222222222:punctual");
		});
	}

}
