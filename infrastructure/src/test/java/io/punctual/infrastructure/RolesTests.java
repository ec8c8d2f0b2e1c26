package io.punctual.infrastructure;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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
 * Who may take a role: the service that needs it, and nobody else.
 */
@NeedsNode
class RolesTests {

	@ParameterizedTest
	@CsvSource({ "AWS::Lambda::Function, Role, lambda.amazonaws.com, 10",
			"AWS::CodeBuild::Project, ServiceRole, codebuild.amazonaws.com, 6",
			"AWS::CodePipeline::Pipeline, RoleArn, codepipeline.amazonaws.com, 2",
			"AWS::CodeDeploy::DeploymentGroup, ServiceRoleArn, codedeploy.amazonaws.com, 4",
			"AWS::StepFunctions::StateMachine, RoleArn, states.amazonaws.com, 2",
			"AWS::Backup::BackupSelection, BackupSelection/IamRoleArn, backup.amazonaws.com, 1",
			"AWS::RDS::DBInstance, MonitoringRoleArn, monitoring.rds.amazonaws.com, 1",
			"AWS::EC2::FlowLog, DeliverLogsPermissionArn, vpc-flow-logs.amazonaws.com, 1",
			"AWS::CloudTrail::Trail, CloudWatchLogsRoleArn, cloudtrail.amazonaws.com, 1",
			"AWS::ApiGateway::Account, CloudWatchRoleArn, apigateway.amazonaws.com, 1" })
	void isTheServiceThatActsByIt(String type, String property, String service, int many) {
		int found = 0;
		for (Template stack : Synthesised.production().stacks().values()) {
			for (Resource resource : stack.all(type)) {
				String role = resource.text(property + "/Fn::GetAtt/0");
				assertThat(takers(stack, role)).as(stack.stack() + " " + resource.id()).isEqualTo(Set.of(service));
				found++;
			}
		}
		assertThat(found).isEqualTo(many);
	}

	@Test
	void ofAScheduleIsEventBridge() {
		Template drill = Synthesised.production().stack("Drill");
		assertThat(drill.all("AWS::Events::Rule")).hasSize(2)
			.allSatisfy((rule) -> assertThat(takers(drill, rule.text("Targets/0/RoleArn/Fn::GetAtt/0")))
				.isEqualTo(Set.of("events.amazonaws.com")));
	}

	/**
	 * No person, no other account, no identity provider.
	 */
	@Test
	void isAlwaysOneServiceOfAws() {
		for (Template stack : Synthesised.production().stacks().values()) {
			assertThat(stack.all("AWS::IAM::Role")).allSatisfy(
					(role) -> assertThat(takers(stack, role.id())).as(stack.stack() + " " + role.id()).hasSize(1));
		}
	}

	/**
	 * A policy that hangs on nothing grants nothing.
	 */
	@Test
	void havePoliciesThatHangOnThem() {
		for (Template stack : Synthesised.production().stacks().values()) {
			Map<String, Resource> roles = new java.util.TreeMap<>();
			stack.all("AWS::IAM::Role").forEach((role) -> roles.put(role.id(), role));
			assertThat(stack.all("AWS::IAM::Policy")).allSatisfy((policy) -> {
				assertThat(policy.at("Roles")).as(policy.id())
					.singleElement()
					.satisfies((role) -> assertThat(roles).containsKey(role.path("Ref").asString()));
				assertThat(policy.text("PolicyDocument/Version")).isEqualTo("2012-10-17");
				assertThat(policy.at("PolicyDocument/Statement")).isNotEmpty()
					.allSatisfy((statement) -> assertThat(statement.path("Effect").asString()).isEqualTo("Allow"));
			});
		}
	}

	private static Set<String> takers(Template stack, String id) {
		Resource role = stack.only("AWS::IAM::Role", (one) -> one.id().equals(id));
		assertThat(role.text("AssumeRolePolicyDocument/Version")).isEqualTo("2012-10-17");
		Set<String> takers = new TreeSet<>();
		List<JsonNode> statements = role.at("AssumeRolePolicyDocument/Statement").valueStream().toList();
		for (JsonNode statement : statements) {
			assertThat(statement.path("Effect").asString()).isEqualTo("Allow");
			assertThat(statement.path("Action").asString()).isEqualTo("sts:AssumeRole");
			assertThat(statement.path("Principal").propertyNames()).containsExactly("Service");
			takers.add(statement.at("/Principal/Service").asString());
		}
		return takers;
	}

}
