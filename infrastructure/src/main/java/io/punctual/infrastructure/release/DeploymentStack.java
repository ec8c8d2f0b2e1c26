package io.punctual.infrastructure.release;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.alarm.AlarmTopics;
import io.punctual.infrastructure.alarm.Alarms;
import io.punctual.infrastructure.common.Explained;
import io.punctual.infrastructure.common.Named;
import io.punctual.infrastructure.compute.ComputeStack;
import io.punctual.infrastructure.identity.IdentityStack;
import io.punctual.infrastructure.network.NetworkStack;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Profile;
import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.traffic.ServiceTraffic;
import io.punctual.infrastructure.traffic.TrafficStack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup.AlarmConfigurationProperty;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup.AlarmProperty;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup.AutoRollbackConfigurationProperty;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup.BlueGreenDeploymentConfigurationProperty;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup.BlueInstanceTerminationOptionProperty;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup.DeploymentReadyOptionProperty;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup.DeploymentStyleProperty;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup.ECSServiceProperty;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup.LoadBalancerInfoProperty;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup.TargetGroupInfoProperty;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup.TargetGroupPairInfoProperty;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup.TrafficRouteProperty;
import software.amazon.awscdk.services.codedeploy.EcsApplication;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * How a service's traffic moves from one release to the next: CodeDeploy's groups, the
 * hook that tries a release first, the alarms that turn it back, and what follows each
 * deployment.
 */
public final class DeploymentStack extends Named {

	/**
	 * CodeDeploy's application; its groups are called as the services are.
	 */
	static final String APPLICATION = "punctual";

	private final Map<Service, Alarm> alarms = new EnumMap<>(Service.class);

	public DeploymentStack(Construct scope, Environment environment, NetworkStack network, IdentityStack identity,
			ComputeStack compute, TrafficStack traffic, AlarmTopics topics) {
		super(scope, "Deployment", "deployments, their hooks and what turns them back", environment);
		new Functions(this, environment, network, identity);
		EcsApplication application = EcsApplication.Builder.create(this, "Application")
			.applicationName(APPLICATION)
			.build();
		Role role = Role.Builder.create(this, "Role")
			.assumedBy(ServicePrincipal.Builder.create("codedeploy.amazonaws.com").build())
			.managedPolicies(List.of(ManagedPolicy.fromAwsManagedPolicyName("AWSCodeDeployRoleForECS")))
			.build();
		Explained.exception(role, "AwsSolutions-IAM4",
				"CodeDeploy's own policy for ECS: what a deployment needs changes with CodeDeploy, not with us.");
		for (Service service : Service.values()) {
			Alarm alarm = new ReleaseAlarm(this, service, compute.loadBalancer(), traffic.of(service)).alarm();
			this.alarms.put(service, alarm);
			CfnDeploymentGroup group = group(service, traffic.of(service), role, alarm, environment.profile());
			group.getNode().addDependency(application);
		}
		new HostAlarms(compute.loadBalancer().fullName(), traffic).alarm(new Alarms(this, topics));
	}

	/**
	 * Rings when a service answers with errors while it is deployed.
	 */
	public Alarm alarm(Service service) {
		Alarm alarm = this.alarms.get(service);
		if (alarm == null) {
			throw new IllegalStateException("no alarm for " + service.id());
		}
		return alarm;
	}

	private CfnDeploymentGroup group(Service service, ServiceTraffic traffic, Role role, Alarm alarm, Profile profile) {
		return CfnDeploymentGroup.Builder.create(this, service.title() + "Group")
			.applicationName(APPLICATION)
			.deploymentGroupName(service.id())
			.serviceRoleArn(role.getRoleArn())
			.deploymentConfigName(profile.configuration())
			.deploymentStyle(DeploymentStyleProperty.builder()
				.deploymentType("BLUE_GREEN")
				.deploymentOption("WITH_TRAFFIC_CONTROL")
				.build())
			.blueGreenDeploymentConfiguration(BlueGreenDeploymentConfigurationProperty.builder()
				// The hook is who says that green is ready; nobody else is waited for.
				.deploymentReadyOption(
						DeploymentReadyOptionProperty.builder().actionOnTimeout("CONTINUE_DEPLOYMENT").build())
				.terminateBlueInstancesOnDeploymentSuccess(BlueInstanceTerminationOptionProperty.builder()
					.action("TERMINATE")
					.terminationWaitTimeInMinutes(Profile.WARM_MINUTES)
					.build())
				.build())
			.ecsServices(List
				.of(ECSServiceProperty.builder().clusterName(ComputeStack.CLUSTER).serviceName(service.id()).build()))
			.loadBalancerInfo(LoadBalancerInfoProperty.builder()
				.targetGroupPairInfoList(List.of(TargetGroupPairInfoProperty.builder()
					.prodTrafficRoute(route(traffic.productionListenerArn()))
					.testTrafficRoute(route(traffic.testListenerArn()))
					.targetGroups(traffic.targetGroupNames().stream().map(DeploymentStack::target).toList())
					.build()))
				.build())
			.alarmConfiguration(AlarmConfigurationProperty.builder()
				.enabled(true)
				// An alarm that cannot be read must not let a release pass unwatched.
				.ignorePollAlarmFailure(false)
				.alarms(List.of(AlarmProperty.builder().name(alarm.getAlarmName()).build()))
				.build())
			.autoRollbackConfiguration(AutoRollbackConfigurationProperty.builder()
				.enabled(true)
				.events(List.of("DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"))
				.build())
			.build();
	}

	private static TrafficRouteProperty route(String listener) {
		return TrafficRouteProperty.builder().listenerArns(List.of(listener)).build();
	}

	private static TargetGroupInfoProperty target(String name) {
		return TargetGroupInfoProperty.builder().name(name).build();
	}

}
