package io.punctual.infrastructure.traffic;

import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.compute.ComputeStack;
import io.punctual.infrastructure.compute.LoadBalancer;
import io.punctual.infrastructure.compute.TaskDefinitionTemplate;
import io.punctual.infrastructure.network.NetworkStack;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ecs.CfnService;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnListener;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnListenerRule;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnTargetGroup;
import software.constructs.Construct;

/**
 * One service between its two listeners and its two target groups.
 */
public final class ServiceTraffic extends Construct {

	private static final String NOT_FOUND = """
			{"type":"https://punctual.example/problems/not-found","title":"There is no such operation","status":404}""";

	private final Service service;

	private final CfnTargetGroup blue;

	private final CfnTargetGroup green;

	private final CfnListener production;

	private final CfnListener test;

	ServiceTraffic(Construct scope, Environment environment, Service service, NetworkStack network,
			ComputeStack compute, Map<String, String> values) {
		super(scope, service.title());
		this.service = service;
		this.blue = targetGroup("blue", network);
		this.green = targetGroup("green", network);
		this.production = listener("Production", service.productionPort(), compute.loadBalancer());
		this.test = listener("Test", service.testPort(), compute.loadBalancer());
		CfnListenerRule.Builder.create(this, "Inner")
			.listenerArn(this.production.getRef())
			.priority(1)
			.conditions(List.of(
					CfnListenerRule.RuleConditionProperty.builder()
						.field("path-pattern")
						.pathPatternConfig(CfnListenerRule.PathPatternConfigProperty.builder()
							.values(List.of("/internal", "/internal/*"))
							.build())
						.build(),
					CfnListenerRule.RuleConditionProperty.builder()
						.field("source-ip")
						.sourceIpConfig(CfnListenerRule.SourceIpConfigProperty.builder()
							.values(network.vpc()
								.selectSubnets(network.linkSubnets())
								.getSubnets()
								.stream()
								.map(ISubnet::getIpv4CidrBlock)
								.toList())
							.build())
						.build()))
			.actions(List.of(CfnListenerRule.ActionProperty.builder()
				.type("fixed-response")
				.fixedResponseConfig(CfnListenerRule.FixedResponseConfigProperty.builder()
					.statusCode("404")
					.contentType("application/json")
					.messageBody(NOT_FOUND)
					.build())
				.build()))
			.build();
		service(environment, network, task(environment, values));
	}

	public String productionListenerArn() {
		return this.production.getRef();
	}

	public String testListenerArn() {
		return this.test.getRef();
	}

	/**
	 * Blue's name, then green's.
	 */
	public List<String> targetGroupNames() {
		return List.of(name("blue"), name("green"));
	}

	/**
	 * Blue's, then green's, as metrics call them.
	 */
	public List<String> targetGroupFullNames() {
		return List.of(this.blue.getAttrTargetGroupFullName(), this.green.getAttrTargetGroupFullName());
	}

	private CfnResource task(Environment environment, Map<String, String> values) {
		return CfnResource.Builder.create(this, "FirstTask")
			.type("AWS::ECS::TaskDefinition")
			.properties(TaskDefinitionTemplate.render(this.service, environment.platform(), values))
			.build();
	}

	private void service(Environment environment, NetworkStack network, CfnResource task) {
		CfnService running = CfnService.Builder.create(this, "Service")
			.cluster(ComputeStack.CLUSTER)
			.serviceName(this.service.id())
			.deploymentController(CfnService.DeploymentControllerProperty.builder().type("CODE_DEPLOY").build())
			.launchType("FARGATE")
			.platformVersion(environment.platform().isWindows() ? "1.0.0" : "1.4.0")
			.taskDefinition(task.getRef())
			.desiredCount(environment.fleet().of(this.service).fewest())
			.healthCheckGracePeriodSeconds(90)
			.enableExecuteCommand(false)
			.propagateTags("TASK_DEFINITION")
			.networkConfiguration(CfnService.NetworkConfigurationProperty.builder()
				.awsvpcConfiguration(CfnService.AwsVpcConfigurationProperty.builder()
					.assignPublicIp("DISABLED")
					.subnets(network.vpc()
						.selectSubnets(network.taskSubnets(this.service.reachesInternet()))
						.getSubnetIds())
					.securityGroups(List.of(network.groups().of(this.service).getSecurityGroupId()))
					.build())
				.build())
			.loadBalancers(List.of(CfnService.LoadBalancerProperty.builder()
				.containerName(Service.CONTAINER_NAME)
				.containerPort(Service.CONTAINER_PORT)
				.targetGroupArn(this.blue.getRef())
				.build()))
			.build();
		running.getNode().addDependency(this.production);
		running.getNode().addDependency(this.test);
	}

	private CfnListener listener(String id, int port, LoadBalancer balancer) {
		return CfnListener.Builder.create(this, id)
			.loadBalancerArn(balancer.arn())
			.port(port)
			.protocol("HTTPS")
			.sslPolicy(LoadBalancer.TLS_POLICY)
			.certificates(List
				.of(CfnListener.CertificateProperty.builder().certificateArn(balancer.certificateArn()).build()))
			.defaultActions(List
				.of(CfnListener.ActionProperty.builder().type("forward").targetGroupArn(this.blue.getRef()).build()))
			.build();
	}

	private CfnTargetGroup targetGroup(String colour, NetworkStack network) {
		return CfnTargetGroup.Builder.create(this, Character.toUpperCase(colour.charAt(0)) + colour.substring(1))
			.name(name(colour))
			.vpcId(network.vpc().getVpcId())
			.targetType("ip")
			.protocol("HTTP")
			.port(Service.CONTAINER_PORT)
			.healthCheckPath("/actuator/health/readiness")
			.healthCheckIntervalSeconds(5)
			.healthCheckTimeoutSeconds(4)
			.healthyThresholdCount(2)
			.unhealthyThresholdCount(2)
			.matcher(CfnTargetGroup.MatcherProperty.builder().httpCode("200").build())
			.targetGroupAttributes(List.of(CfnTargetGroup.TargetGroupAttributeProperty.builder()
				// A long poll lasts 25 s.
				.key("deregistration_delay.timeout_seconds")
				.value("30")
				.build()))
			.build();
	}

	private String name(String colour) {
		return this.service.id() + "-" + colour;
	}

}
