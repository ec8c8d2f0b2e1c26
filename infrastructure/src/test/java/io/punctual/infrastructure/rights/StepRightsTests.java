package io.punctual.infrastructure.rights;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A build's role may do what the scripts call that it runs, and nothing besides. Both are
 * read where they stand: the scripts in {@code release/}, the roles in the template.
 */
@NeedsNode
class StepRightsTests {

	/**
	 * What a call is authorised by, where that is not its own name. A pushed image takes
	 * five of ECR's; a signature is an image, too.
	 */
	private static final Map<String, Set<String>> AUTHORISED = Map.ofEntries(
			Map.entry("sts get-caller-identity", Set.of()),
			Map.entry("ecr get-login-password", Set.of("ecr:GetAuthorizationToken")),
			Map.entry("s3 ls", Set.of("s3:List*")), Map.entry("s3api list-objects-v2", Set.of("s3:List*")),
			Map.entry("s3 cp from", Set.of("s3:GetObject*")), Map.entry("s3 cp to", Set.of("s3:PutObject")),
			Map.entry("ecs wait", Set.of("ecs:DescribeTasks")),
			Map.entry("ecs register-task-definition",
					Set.of("ecs:RegisterTaskDefinition", "ecs:TagResource", "iam:PassRole")),
			Map.entry("ecs run-task", Set.of("ecs:RunTask", "iam:PassRole")),
			Map.entry("docker push",
					Set.of("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload",
							"ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart")),
			Map.entry("cosign sign", Set.of("kms:Sign", "kms:GetPublicKey", "kms:DescribeKey", "ecr:PutImage")),
			Map.entry("cosign attest", Set.of("kms:Sign", "kms:GetPublicKey", "kms:DescribeKey", "ecr:PutImage")),
			Map.entry("cosign verify",
					Set.of("kms:GetPublicKey", "kms:DescribeKey", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")),
			Map.entry("aws-cdk@", Set.of("sts:AssumeRole")),
			Map.entry("SmokeMain", Set.of("secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue")));

	/**
	 * What CodeBuild and CodePipeline do by a build's role, whatever it runs: fetch and
	 * leave artifacts, log, report; and what the CDK grants with the reading of a secret.
	 */
	private static final String BUILDING = "(s3|logs|codebuild):.*|secretsmanager:DescribeSecret|kms:(Decrypt|Encrypt|ReEncrypt\\*|GenerateDataKey\\*)"
			+ "|(codestar-connections|codeconnections):UseConnection";

	private final Template pipeline = Synthesised.production().stack("Pipeline");

	@Test
	void mayDoWhatItsScriptsCall() {
		commands()
			.forEach((project, commands) -> assertThat(granted(project)).as(project).containsAll(called(commands)));
	}

	@Test
	void mayDoNothingThatNoScriptCalls() {
		commands().forEach((project, commands) -> {
			Set<String> idle = granted(project);
			idle.removeIf((action) -> action.matches(BUILDING));
			idle.removeAll(called(commands));
			assertThat(idle).as(project).isEmpty();
		});
	}

	private static Set<String> called(String commands) {
		Set<String> actions = new TreeSet<>();
		for (String call : new Scripts().calls(commands)) {
			Set<String> known = AUTHORISED.get(call);
			actions.addAll((known != null) ? known : Set.of(action(call)));
		}
		return actions;
	}

	/**
	 * The action of a call: {@code ecr describe-images} is ecr:DescribeImages. CodeDeploy
	 * alone has another name at the command line.
	 */
	private static String action(String call) {
		StringBuilder action = new StringBuilder();
		for (String word : call.substring(call.indexOf(' ') + 1).split("-")) {
			action.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
		}
		String service = call.substring(0, call.indexOf(' '));
		return (service.equals("deploy") ? "codedeploy" : service) + ":" + action;
	}

	private Set<String> granted(String project) {
		return Granted.to(this.pipeline,
				Granted.roleOf(this.pipeline.only("AWS::CodeBuild::Project", (one) -> one.text("Name").equals(project)),
						"ServiceRole"));
	}

	/**
	 * What each project of the release's pipeline runs: its specification, and the steps
	 * that the stages give it. That a pull request's suite may do nothing is tested where
	 * it is made.
	 */
	private Map<String, String> commands() {
		Map<String, Template.Resource> projects = new TreeMap<>();
		this.pipeline.all("AWS::CodeBuild::Project").forEach((project) -> projects.put(project.id(), project));
		Map<String, String> commands = new TreeMap<>();
		for (JsonNode stage : this.pipeline.named("AWS::CodePipeline::Pipeline", "Pipeline").at("Stages")) {
			for (JsonNode action : stage.path("Actions")) {
				Template.Resource project = projects.get(action.at("/Configuration/ProjectName/Ref").asString(""));
				if (project != null) {
					commands.merge(project.text("Name"),
							specification(project) + "\n"
									+ action.at("/Configuration/EnvironmentVariables").asString(""),
							(known, more) -> known + "\n" + more);
				}
			}
		}
		assertThat(commands).hasSize(4);
		return commands;
	}

	private static String specification(Template.Resource project) {
		String specification = project.at("Source/BuildSpec").toString();
		return specification.contains("buildspec.yml") ? Scripts.read("buildspec.yml") : specification;
	}

}
