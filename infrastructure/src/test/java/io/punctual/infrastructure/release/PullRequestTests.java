package io.punctual.infrastructure.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pull request is tested before it is merged, and can do nothing by being tested.
 */
@NeedsNode
class PullRequestTests {

	private final Template stack = Synthesised.production().stack("Pipeline");

	private final Resource pipeline = this.stack.only("AWS::CodePipeline::Pipeline",
			(pipeline) -> pipeline.text("Name").equals("punctual-pull-requests"));

	private final Resource tree = project("punctual-pull-request-tree");

	private final Resource suite = project("punctual-pull-request");

	private Resource project(String name) {
		return this.stack.only("AWS::CodeBuild::Project", (project) -> project.text("Name").equals(name));
	}

	private JsonNode action(String stage) {
		return this.pipeline.at("Stages")
			.valueStream()
			.filter((candidate) -> candidate.path("Name").asString().equals(stage))
			.findFirst()
			.orElseThrow()
			.at("/Actions/0");
	}

	/** What the role of a project, or of the pipeline, may do. */
	private List<JsonNode> rights(JsonNode role) {
		String id = role.at("/Fn::GetAtt/0").asString();
		assertThat(this.stack.only("AWS::IAM::Role", (one) -> one.id().equals(id)).at("ManagedPolicyArns"))
			.as("nothing but what is spelled")
			.isEmpty();
		List<JsonNode> statements = new ArrayList<>();
		this.stack.all("AWS::IAM::Policy")
			.stream()
			.filter((policy) -> policy.at("Roles").toString().contains("\"" + id + "\""))
			.forEach((policy) -> policy.at("PolicyDocument/Statement").forEach(statements::add));
		assertThat(statements).isNotEmpty();
		return statements;
	}

	private List<JsonNode> rights(Resource project) {
		return rights(project.at("ServiceRole"));
	}

	private static List<String> actions(List<JsonNode> statements) {
		List<String> actions = new ArrayList<>();
		for (JsonNode statement : statements) {
			JsonNode action = statement.path("Action");
			if (action.isArray()) {
				action.forEach((one) -> actions.add(one.asString()));
			}
			else {
				actions.add(action.asString());
			}
		}
		return actions;
	}

	private String notes() {
		return this.stack.only("AWS::S3::Bucket", (bucket) -> bucket.at("VersioningConfiguration").isObject()).id();
	}

	private static JsonNode specification(Resource project) {
		return JsonMapper.shared().readTree(project.text("Source/BuildSpec"));
	}

	@Test
	void isTestedWhenItIsOpenedAndWheneverItChanges() {
		JsonNode filter = this.pipeline.at("Triggers/0/GitConfiguration/PullRequest/0");
		assertThat(filter.path("Events").valueStream().map(JsonNode::asString)).containsExactly("OPEN", "UPDATED");
		assertThat(filter.at("/Branches/Includes").valueStream().map(JsonNode::asString)).containsExactly("main");
		assertThat(this.pipeline.at("Triggers/0/GitConfiguration").has("Push")).isFalse();
		assertThat(this.pipeline.text("ExecutionMode")).as("none waits for the other").isEqualTo("PARALLEL");
	}

	@Test
	void suiteIsTheWholeOneWhereTheTestsDatabaseRuns() {
		assertThat(specification(this.suite).at("/env/variables/PUNCTUAL_PROFILE").asString()).isEqualTo("alone");
		assertThat(specification(this.suite).at("/reports/tests/base-directory").asString()).isEqualTo("source");
		assertThat(this.suite.text("Environment/Type")).isEqualTo("LINUX_CONTAINER");
		assertThat(this.suite.text("Environment/ComputeType")).isEqualTo("BUILD_GENERAL1_LARGE");
		assertThat(this.suite.text("Source/BuildSpec")).contains("release/test", "TEST-*.xml");
	}

	/**
	 * Its source, its log, its reports: there is no credential that could do more.
	 */
	@Test
	void whatABranchBringsMayReadWhatItWasHandedAndNothingElse() {
		List<JsonNode> rights = rights(this.suite);
		assertThat(actions(rights)).isSubsetOf("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents",
				"codebuild:CreateReportGroup", "codebuild:CreateReport", "codebuild:UpdateReport",
				"codebuild:BatchPutTestCases", "codebuild:BatchPutCodeCoverages", "s3:GetObject*", "s3:GetBucket*",
				"s3:List*");
		assertThat(rights).filteredOn((statement) -> statement.path("Action").toString().contains("s3:"))
			.singleElement()
			.satisfies((statement) -> assertThat(statement.path("Resource").toString())
				.contains(this.stack.named("AWS::S3::Bucket", "PullRequestsHandover").id())
				.doesNotContain(notes()));
		assertThat(this.suite.text("Environment/PrivilegedMode")).isNotEqualTo("true");
		assertThat(this.suite.at("VpcConfig").isMissingNode()).as("outside of our network").isTrue();
		assertThat(this.suite.at("Environment/EnvironmentVariables").toString()).doesNotContain("PUNCTUAL_ARTIFACTS",
				"SECRETS_MANAGER", "PARAMETER_STORE");
	}

	/**
	 * A cache that a branch may write is read by the next one.
	 */
	@Test
	void keepsNothingThatAnotherBuildWouldRead() {
		for (Resource project : List.of(this.tree, this.suite)) {
			assertThat(project.at("Cache").path("Type").asString("NO_CACHE")).isEqualTo("NO_CACHE");
			assertThat(project.text("Source/BuildSpec")).doesNotContain("\"cache\"");
		}
	}

	@Test
	void treeIsFoundOutBeforeTheSuiteByWhatNoBranchCanChange() throws IOException {
		assertThat(this.pipeline.at("Stages").valueStream().map((stage) -> stage.path("Name").asString()))
			.containsExactly("Source", "Tree", "Suite", "Note");
		JsonNode specification = specification(this.tree);
		assertThat(specification.path("phases").propertyNames()).containsExactly("build");
		JsonNode commands = specification.at("/phases/build/commands");
		assertThat(commands).hasSize(2);
		assertThat(commands.get(0).asString())
			.isEqualTo("bash <<'SCRIPT'\n" + Files.readString(Path.of("../release/tree")) + "SCRIPT");
		assertThat(commands.get(1).asString()).isEqualTo("export TREE=$(< .git/handover/tree)");
		assertThat(specification.at("/env/exported-variables/0").asString()).isEqualTo("TREE");
		for (JsonNode left : specification.at("/artifacts/secondary-artifacts")) {
			assertThat(left.path("base-directory").asString()).as("where no file of a commit can be")
				.isEqualTo(".git/handover");
		}
		assertThat(action("Tree").path("Namespace").asString()).isEqualTo("tree");
		assertThat(action("Tree").at("/Configuration/ProjectName/Ref").asString()).isEqualTo(this.tree.id());
	}

	@Test
	void suiteHasNoWordInWhatIsNoted() {
		JsonNode action = action("Suite");
		assertThat(action.at("/Configuration/ProjectName/Ref").asString()).isEqualTo(this.suite.id());
		assertThat(action.has("OutputArtifacts")).isFalse();
		assertThat(action.has("Namespace")).isFalse();
		assertThat(this.suite.text("Source/BuildSpec")).doesNotContain("exported-variables", "\"artifacts\"");
		JsonNode note = action("Note");
		assertThat(note.at("/ActionTypeId/Provider").asString()).isEqualTo("S3");
		assertThat(note.at("/Configuration/ObjectKey").asString()).isEqualTo("tested/#{tree.TREE}");
		assertThat(note.at("/Configuration/BucketName/Ref").asString()).isEqualTo(notes());
		assertThat(note.at("/InputArtifacts/0/Name").asString()).isEqualTo("note");
		assertThat(action("Tree").path("OutputArtifacts").toString()).contains("\"note\"");
	}

	@Test
	void onlyThePipelineWritesANote() {
		String notes = notes();
		assertThat(rights(this.tree)).noneMatch((statement) -> statement.path("Resource").toString().contains(notes));
		assertThat(rights(this.pipeline.at("RoleArn")))
			.filteredOn((statement) -> statement.path("Resource").toString().contains(notes))
			.singleElement()
			.satisfies((statement) -> {
				assertThat(statement.path("Resource").toString()).contains("/tested/*").doesNotContain("\"/*\"");
				assertThat(actions(List.of(statement))).isSubsetOf("s3:PutObject", "s3:PutObjectTagging",
						"s3:PutObjectVersionTagging", "s3:AbortMultipartUpload");
			});
	}

	@Test
	void cloningMayNotPush() {
		assertThat(rights(this.tree))
			.filteredOn((statement) -> statement.path("Action").toString().contains("UseConnection"))
			.singleElement()
			.satisfies((statement) -> {
				JsonNode condition = statement.at("/Condition/StringEqualsIfExists");
				assertThat(condition.path("codeconnections:ProviderPermissionsRequired").asString())
					.isEqualTo("read_only");
				assertThat(condition.path("codeconnections:FullRepositoryId").asString())
					.isEqualTo("punctual/punctual");
			});
	}

	@Test
	void mayNotBeAskedToDeploy() {
		assertThat(actions(rights(this.pipeline.at("RoleArn")))).noneMatch((action) -> action.startsWith("codedeploy:")
				|| action.startsWith("ecs:") || action.startsWith("iam:") || action.startsWith("kms:"));
	}

}
