package io.punctual.infrastructure.release;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

import io.punctual.infrastructure.common.Explained;
import io.punctual.infrastructure.common.Logs;
import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.compute.ComputeStack;
import io.punctual.infrastructure.identity.IdentityStack;
import io.punctual.infrastructure.identity.MachineClient;
import io.punctual.infrastructure.network.NetworkStack;
import io.punctual.infrastructure.network.SecurityGroups;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Fleet;
import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.AssetCode;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionUrl;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.amazon.awscdk.services.ssm.StringParameter;
import software.constructs.Construct;

/**
 * The functions of {@code release/hook}: one hook for each service, the watcher of
 * deployments, the synthetic client's receiver.
 */
final class Functions extends Construct {

	/**
	 * The name of the secret that the receiver verifies with.
	 */
	static final String RECEIVER_SECRET = "punctual/release/receiver";

	private static final String PACKAGE = "io.punctual.release.hook.";

	/**
	 * The functions that speak to the services; the others speak to AWS, or are spoken
	 * to.
	 */
	private static final Predicate<String> INSIDE = (id) -> id.endsWith("Hook") || id.equals("Gate");

	private static final Path CODE = Path.of("release/hook/target/lambda");

	private final Environment environment;

	private final NetworkStack network;

	private final MachineClient credential;

	private final AssetCode code = code();

	private final Secret receiverSecret;

	Functions(Construct scope, Environment environment, NetworkStack network, IdentityStack identity) {
		super(scope, "Functions");
		this.environment = environment;
		this.network = network;
		this.credential = identity.machine("hook", "provider.read", "provider.write", "internal");
		for (Service service : Service.values()) {
			hook(service);
		}
		watcher();
		this.receiverSecret = Secret.Builder.create(this, "ReceiverSecret")
			.secretName(RECEIVER_SECRET)
			.description("The signing secret of the synthetic client's endpoint; the first smoke test writes it")
			.build();
		Explained.exception(this.receiverSecret, "AwsSolutions-SMG4",
				"Punctual issues it with the endpoint; a rotation is asked of Punctual, which shows the new one once.");
		StringParameter.Builder.create(this, "ReceiverAddress")
			.parameterName("/punctual/release/receiver")
			.description("Where the synthetic client's webhooks go; the smoke test registers it")
			.stringValue(receiver().getUrl())
			.build();
	}

	private void hook(Service service) {
		Role role = role(service.title() + "Hook", true);
		role.addToPolicy(
				statement(List.of("codedeploy:GetDeployment", "codedeploy:PutLifecycleEventHookExecutionStatus"),
						groups(service)));
		this.credential.secret().grantRead(role);
		Map<String, String> variables = variables();
		variables.put("PUNCTUAL_SERVICE", service.id());
		variables.put("PUNCTUAL_GREEN",
				"https://%s.%s:%d".formatted(service.id(), this.environment.internalZone(), service.testPort()));
		function(service.title() + "Hook", hookName(service), "HookHandler", role, variables, Duration.minutes(3))
			// One that crashed turns the deployment back (ReleaseAlarm) before a second
			// try
			// could have said anything.
			.configureAsyncInvoke(EventInvokeConfigOptions.builder().retryAttempts(0).build());
	}

	/**
	 * What CodeDeploy's own policy lets it call.
	 */
	static String hookName(Service service) {
		return "CodeDeployHook_" + service.id();
	}

	private Function gate() {
		Role role = role("Gate", true);
		this.credential.secret().grantRead(role);
		return function("Gate", "punctual-release-gate", "GateHandler", role, variables(), Duration.seconds(30));
	}

	private void watcher() {
		Function gate = gate();
		Role role = role("Watcher", false);
		role.addToPolicy(statement(List.of("codedeploy:GetDeployment"), groups(Service.values())));
		role.addToPolicy(statement(List.of("codedeploy:GetApplicationRevision"), List.of(application())));
		// It never updates one; but who changes how a service is scaled is asked whether
		// it may:
		// https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_permission_validation.html
		role.addToPolicy(statement(List.of("ecs:DescribeServices", "ecs:UpdateService"), services()));
		role.addToPolicy(statement(List.of("application-autoscaling:RegisterScalableTarget"),
				List.of(arn("application-autoscaling", "scalable-target/*"))));
		readDefinitions(role);
		Explained.wildcard(role, "Resource::arn:aws:application-autoscaling:.*",
				"A scalable target's id is made by AWS; the function names the cluster's services only.");
		role.addToPolicy(statement(List.of("lambda:InvokeFunction"), List.of(gate.getFunctionArn())));
		Map<String, String> variables = new LinkedHashMap<>();
		variables.put("PUNCTUAL_GATE_FUNCTION", gate.getFunctionName());
		variables.put("PUNCTUAL_CLUSTER", ComputeStack.CLUSTER);
		for (Service service : Service.values()) {
			Fleet.Tasks tasks = this.environment.fleet().of(service);
			variables.put("PUNCTUAL_DEPLOYING_TASKS_" + service.name(), String.valueOf(tasks.deploying()));
			variables.put("PUNCTUAL_LEAST_TASKS_" + service.name(), String.valueOf(tasks.fewest()));
		}
		Function watcher = function("Watcher", "punctual-deployment-watcher", "WatcherHandler", role, variables,
				Duration.minutes(1));
		Queue unheard = Queue.Builder.create(this, "Unheard")
			.queueName("punctual-deployments-unheard")
			.encryption(QueueEncryption.SQS_MANAGED)
			.enforceSsl(true)
			.retentionPeriod(Duration.days(14))
			.build();
		Explained.exception(unheard, "AwsSolutions-SQS3",
				"It is the queue of what failed; there is nothing behind it.");
		Rule.Builder.create(this, "Changes")
			.description("Each change of a deployment's state")
			.eventPattern(EventPattern.builder()
				.source(List.of("aws.codedeploy"))
				.detailType(List.of("CodeDeploy Deployment State-change Notification"))
				.detail(Ordered.map("application", List.of(DeploymentStack.APPLICATION)))
				.build())
			.targets(List.of(LambdaFunction.Builder.create(watcher)
				.deadLetterQueue(unheard)
				.retryAttempts(10)
				.maxEventAge(Duration.minutes(30))
				.build()))
			.build();
	}

	private FunctionUrl receiver() {
		Role role = role("Receiver", false);
		this.receiverSecret.grantRead(role);
		Function function = function("Receiver", "punctual-synthetic-receiver", "receiver.ReceiverHandler", role,
				new LinkedHashMap<>(Ordered.map("PUNCTUAL_RECEIVER_SECRET", this.receiverSecret.getSecretArn())),
				Duration.seconds(10));
		return function.addFunctionUrl(FunctionUrlOptions.builder().authType(FunctionUrlAuthType.NONE).build());
	}

	private Function function(String id, String name, String handler, Role role, Map<String, String> variables,
			Duration timeout) {
		Function.Builder function = Function.Builder.create(this, id)
			.functionName(name)
			.runtime(Runtime.JAVA_25)
			.architecture(Architecture.ARM_64)
			.handler(PACKAGE + handler)
			.code(this.code)
			.memorySize(1024)
			.timeout(timeout)
			.role(role)
			.environment(variables)
			.logGroup(Logs.group(this, id + "Logs", "/punctual/" + name, this.environment));
		if (INSIDE.test(id)) {
			// With no way out: CodeDeploy, secrets and the issuer of tokens are reached
			// within.
			function.vpc(this.network.vpc())
				.vpcSubnets(this.network.taskSubnets(false))
				.securityGroups(List.of(this.network.groups().hook()));
		}
		if (id.equals("Receiver")) {
			// What a flood from the internet can cost at most.
			function.reservedConcurrentExecutions(5);
		}
		return function.build();
	}

	private Role role(String id, boolean inNetwork) {
		Role role = Role.Builder.create(this, id + "Role")
			.assumedBy(ServicePrincipal.Builder.create("lambda.amazonaws.com").build())
			.build();
		if (inNetwork) {
			role.addManagedPolicy(
					ManagedPolicy.fromAwsManagedPolicyName("service-role/AWSLambdaVPCAccessExecutionRole"));
		}
		else {
			role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName("service-role/AWSLambdaBasicExecutionRole"));
		}
		Explained.exception(role, "AwsSolutions-IAM4", "Lambda's own policies for logs and network interfaces.");
		return role;
	}

	private Map<String, String> variables() {
		Map<String, String> variables = new LinkedHashMap<>();
		// The relay behind the load balancer: these functions have no way out.
		variables.put("PUNCTUAL_TOKEN_URI", "https://identity.%s:%d/oauth2/token"
			.formatted(this.environment.internalZone(), SecurityGroups.IDENTITY_PORT));
		variables.put("PUNCTUAL_CLIENT_ID", this.credential.clientId());
		variables.put("PUNCTUAL_CREDENTIAL", this.credential.secret().getSecretArn());
		for (Service service : Service.values()) {
			variables.put("PUNCTUAL_LIVE_" + service.id().toUpperCase(Locale.ROOT),
					this.environment.internalUrl(service));
		}
		return variables;
	}

	private void readDefinitions(Role role) {
		role.addToPolicy(statement(List.of("ecs:DescribeTaskDefinition"), List.of("*")));
		Explained.wildcard(role, "Resource::\\*", "ECS knows no narrower resource for DescribeTaskDefinition.");
	}

	private List<String> groups(Service... services) {
		return java.util.Arrays.stream(services)
			.map((service) -> arn("codedeploy", "deploymentgroup:" + DeploymentStack.APPLICATION + "/" + service.id()))
			.toList();
	}

	private List<String> services() {
		return java.util.Arrays.stream(Service.values())
			.map((service) -> arn("ecs", "service/" + ComputeStack.CLUSTER + "/" + service.id()))
			.toList();
	}

	private String application() {
		return arn("codedeploy", "application:" + DeploymentStack.APPLICATION);
	}

	private String arn(String service, String resource) {
		Stack stack = Stack.of(this);
		return "arn:aws:%s:%s:%s:%s".formatted(service, stack.getRegion(), stack.getAccount(), resource);
	}

	private static PolicyStatement statement(List<String> actions, List<String> resources) {
		return PolicyStatement.Builder.create().effect(Effect.ALLOW).actions(actions).resources(resources).build();
	}

	/**
	 * The packaged functions; where only tests were asked for, nothing is packaged and a
	 * folder that says so has its place.
	 */
	private static AssetCode code() {
		for (Path root : List.of(Path.of("."), Path.of(".."))) {
			for (Path folder : List.of(CODE, Path.of("infrastructure/src/main/unpackaged"))) {
				if (Files.isDirectory(root.resolve(folder))) {
					return Code.fromAsset(root.resolve(folder).toString());
				}
			}
		}
		throw new IllegalStateException("neither " + CODE + " nor the repository is here");
	}

}
