package io.punctual.infrastructure.release;

import java.util.List;

import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The functions of a release are where they reach what they call, and may.
 */
@NeedsNode
class HookFunctionTests {

	private final Template stack = Synthesised.production().stack("Deployment");

	private Resource function(String name) {
		return this.stack.only("AWS::Lambda::Function", (one) -> one.text("FunctionName").equals(name));
	}

	private String rights(Resource function) {
		String role = function.at("Role/Fn::GetAtt/0").asString();
		List<String> policies = this.stack.all("AWS::IAM::Policy")
			.stream()
			.filter((policy) -> policy.at("Roles").toString().contains("\"" + role + "\""))
			.map((policy) -> policy.at("PolicyDocument").toString())
			.toList();
		assertThat(policies).as("of %s", function.id()).hasSize(1);
		return policies.getFirst();
	}

	@ParameterizedTest
	@EnumSource
	void eachHookTriesItsOwnService(Service service) {
		assertThat(function("CodeDeployHook_" + service.id()).text("Environment/Variables/PUNCTUAL_SERVICE"))
			.isEqualTo(service.id());
	}

	/**
	 * CodeDeploy invokes what has such a name, and nothing else.
	 */
	@ParameterizedTest
	@EnumSource
	void appspecNamesTheHookThatThereIs(Service service) throws Exception {
		String appspec = java.nio.file.Files.readString(java.nio.file.Path.of("../appspec.yaml"));
		assertThat(appspec.replace("${SERVICE}", service.id()))
			.contains("- AfterAllowTestTraffic: " + function("CodeDeployHook_" + service.id()).text("FunctionName"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "CodeDeployHook_clients", "CodeDeployHook_notices", "CodeDeployHook_delivery",
			"CodeDeployHook_sla", "punctual-release-gate" })
	void whatSpeaksToTheServicesReadsItsCredentialAndIsLetInByTheLoadBalancer(String name) {
		Resource function = function(name);
		String credential = function.at("Environment/Variables/PUNCTUAL_CREDENTIAL/Fn::ImportValue").asString();
		assertThat(credential).startsWith("Identity:").contains("Machinehook");
		assertThat(rights(function)).contains("secretsmanager:GetSecretValue", credential);
		assertThat(function.at("VpcConfig/SecurityGroupIds").toString()).contains("Hook");
	}

	@ParameterizedTest
	@ValueSource(strings = { "punctual-synthetic-receiver", "punctual-deployment-watcher" })
	void noneOfTheOthersReadsIt(String name) {
		assertThat(rights(function(name))).doesNotContain("Machinehook");
	}

}
