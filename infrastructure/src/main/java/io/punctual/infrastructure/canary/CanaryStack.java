package io.punctual.infrastructure.canary;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.alarm.AlarmTopics;
import io.punctual.infrastructure.alarm.Alarms;
import io.punctual.infrastructure.alarm.Alarms.When;
import io.punctual.infrastructure.alarm.Urgency;
import io.punctual.infrastructure.common.Explained;
import io.punctual.infrastructure.common.Logs;
import io.punctual.infrastructure.common.Named;
import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.identity.IdentityStack;
import io.punctual.infrastructure.identity.MachineClient;
import io.punctual.infrastructure.settings.Environment;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionUrl;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * Tries every five minutes, from outside, what all of this is for: an update is published
 * through the public API, and its signed webhook comes back. In no VPC: it takes the way
 * that providers and clients take.
 */
public final class CanaryStack extends Named {

	static final String NAMESPACE = "Punctual/Canary";

	private static final Duration EVERY = Duration.minutes(5);

	private final Environment environment;

	private final Table table;

	public CanaryStack(Construct scope, Environment environment, IdentityStack identity, AlarmTopics topics) {
		super(scope, "Canary", "publishes and receives, from outside", environment);
		this.environment = environment;
		this.table = Table.Builder.create(this, "Memory")
			.tableName("punctual-canary")
			.partitionKey(Attribute.builder().name("id").type(AttributeType.STRING).build())
			.billingMode(BillingMode.PAY_PER_REQUEST)
			.timeToLiveAttribute("expires")
			.pointInTimeRecoverySpecification(
					PointInTimeRecoverySpecification.builder().pointInTimeRecoveryEnabled(true).build())
			.removalPolicy(RemovalPolicy.DESTROY)
			.build();
		FunctionUrl url = receiver();
		Function canary = canary(identity, url);
		Rule.Builder.create(this, "Every")
			.description("Lets the canary sing")
			.schedule(Schedule.rate(EVERY))
			.targets(List.of(LambdaFunction.Builder.create(canary).retryAttempts(0).build()))
			.build();
		alarm(new Alarms(this, topics));
	}

	private FunctionUrl receiver() {
		Function receiver = function("Receiver", "punctual-canary-receiver", "receive", 10, 5, Map.of());
		this.table.grant(receiver, "dynamodb:GetItem", "dynamodb:PutItem");
		// Whoever calls has to have signed, as with any client's receiver.
		return receiver.addFunctionUrl(FunctionUrlOptions.builder().authType(FunctionUrlAuthType.NONE).build());
	}

	private Function canary(IdentityStack identity, FunctionUrl url) {
		MachineClient machine = identity.machine("canary", "provider.read", "provider.write");
		Function canary = function("Canary", "punctual-canary", "publish", 180, 1,
				Ordered.map("API", "https://" + this.environment.apiHost(), "CLIENT_ID", machine.clientId(),
						"RECEIVER_URL", url.getUrl(), "SECRET", machine.secret().getSecretArn(), "TOKEN_URI",
						identity.tokenUri()));
		this.table.grant(canary, "dynamodb:GetItem", "dynamodb:PutItem");
		machine.secret().grantRead(canary);
		return canary;
	}

	private Function function(String id, String name, String handler, int seconds, int atOnce,
			Map<String, String> variables) {
		LogGroup log = Logs.group(this, id + "Log", "/aws/lambda/" + name, this.environment);
		Role role = Role.Builder.create(this, id + "Role")
			.assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
			.build();
		log.grantWrite(role);
		Map<String, String> all = new LinkedHashMap<>(variables);
		all.put("TABLE", this.table.getTableName());
		Function function = Function.Builder.create(this, id)
			.functionName(name)
			.runtime(Runtime.NODEJS_22_X)
			.architecture(Architecture.ARM_64)
			.code(Code.fromAsset(sources().toString()))
			.handler("index." + handler)
			.role(role)
			.logGroup(log)
			.environment(all)
			.timeout(Duration.seconds(seconds))
			.memorySize(256)
			.reservedConcurrentExecutions(atOnce)
			.build();
		Explained.exception(function, "AwsSolutions-L1",
				"Node.js 22 is supported until April 2027, and is what the build's own tests of the canary run on or before.");
		return function;
	}

	private static Path sources() {
		@Nullable URL index = CanaryStack.class.getResource("/canary/index.mjs");
		if (index == null) {
			throw new IllegalStateException("the canary's sources are not on the class path");
		}
		try {
			return Path.of(index.toURI()).resolveSibling("");
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void alarm(Alarms alarms) {
		alarms.ring("canary-failing", Urgency.PAGE,
				"From outside, an update was published and its webhook did not come within a minute, or nothing was tried",
				MathExpression.Builder.create()
					.expression("1-ok")
					.usingMetrics(Map.of("ok", metric("ok", "Minimum")))
					.period(EVERY)
					.label("Failed")
					.build(),
				When.above(0, 2).of(3).orSilent());
		alarms.ring("canary-slow", Urgency.TICKET, "The canary's webhook took more than ten seconds",
				metric("arrivedMs", "Maximum"), When.above(10_000, 3));
	}

	/**
	 * What the canary tells in its log: {@code ok}, {@code arrivedMs},
	 * {@code publishedMs}.
	 */
	public static Metric metric(String name, String statistic) {
		return Metric.Builder.create().namespace(NAMESPACE).metricName(name).statistic(statistic).period(EVERY).build();
	}

}
