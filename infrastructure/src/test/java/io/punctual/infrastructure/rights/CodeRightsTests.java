package io.punctual.infrastructure.rights;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A task's role may do what its service calls, and nothing besides; so may the functions'
 * of a release.
 */
@NeedsNode
class CodeRightsTests {

	private static final Path AWS = Path.of("../services/aws/src/main/java/io/punctual/aws");

	private static final Path HOOK = Path.of("../release/hook/src/main/java");

	/** What becomes a call of KMS in {@code services/aws}. */
	private static final Map<String, String> SEALING = Map.of("seal", "kms:GenerateDataKey", "open", "kms:Decrypt");

	private final Synthesised production = Synthesised.production();

	@ParameterizedTest
	@EnumSource
	void taskMayDoExactlyWhatItsServiceCalls(Service service) {
		Template compute = this.production.stack("Compute");
		Path sources = Path.of("../services", service.id(), "src/main/java");
		Set<String> called = SdkCalls.in(sources);
		called.addAll(SdkCalls.in(AWS.resolve("metrics")));
		SdkCalls.on("SecretBox", sources).forEach((call) -> called.add(SEALING.get(call)));
		if (!SdkCalls.on("CredentialIssuer", sources).isEmpty()) {
			called.addAll(SdkCalls.in(AWS.resolve("credential")));
		}
		// Signed here and shown to the database, not called.
		called.add("rds-db:connect");
		assertThat(SdkCalls.in(AWS.resolve("secret"))).isEqualTo(Set.copyOf(SEALING.values()));
		assertThat(Granted.to(compute, compute.named("AWS::IAM::Role", service.title() + "TaskRole").id()))
			.isEqualTo(called);
	}

	/**
	 * What {@code taskdef.json} names: an image, a log, a secret, each the service's own.
	 */
	@ParameterizedTest
	@EnumSource
	void taskMayStartWithItsOwnImageLogAndCredentialAndNothingElse(Service service) {
		Template compute = this.production.stack("Compute");
		String role = service.title() + "ExecutionRole";
		assertThat(Granted.to(compute, compute.named("AWS::IAM::Role", role).id()))
			.isEqualTo(Set.of("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetAuthorizationToken",
					"ecr:GetDownloadUrlForLayer", "logs:CreateLogStream", "logs:PutLogEvents",
					"secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"));
		assertThat(compute.named("AWS::IAM::Policy", role).at("PolicyDocument/Statement")).allSatisfy((statement) -> {
			String resource = statement.get("Resource").toString();
			assertThat(resource.equals("\"*\"") ? statement.get("Action").toString() : resource)
				.containsPattern("ecr:GetAuthorizationToken|Images%1$s|%1$sLog|Machine%2$sSecret"
					.formatted(service.title(), service.id()));
		});
	}

	@Test
	void functionsOfAReleaseMayDoTogetherExactlyWhatTheyCall() {
		Template deployment = this.production.stack("Deployment");
		Set<String> granted = new TreeSet<>();
		for (Template.Resource function : deployment.all("AWS::Lambda::Function")) {
			granted.addAll(Granted.to(deployment, Granted.roleOf(function, "Role")));
		}
		Set<String> called = SdkCalls.in(HOOK);
		// Written by the smoke test, whose role is that of the pipeline's steps.
		called.remove("secretsmanager:PutSecretValue");
		// Asked of whoever registers a service's scalable target.
		called.add("ecs:UpdateService");
		granted.remove("secretsmanager:DescribeSecret");
		assertThat(called).hasSizeGreaterThan(5);
		assertThat(granted).isEqualTo(called);
	}

}
