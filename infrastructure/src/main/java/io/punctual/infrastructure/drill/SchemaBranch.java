package io.punctual.infrastructure.drill;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.compute.ComputeStack;
import io.punctual.infrastructure.network.NetworkStack;
import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.services.iam.IRole;

/**
 * The check of one schema: the release that runs, as a task that looks at its schema in
 * the restored database instead of serving.
 */
final class SchemaBranch {

	/**
	 * A restored volume fetches each block as it is first read: a chain of hashes takes
	 * longer than a service waits for an answer.
	 */
	private static final String UNHURRIED = ComputeStack.DATABASE_OPTIONS.replaceFirst("socketTimeout=\\d+",
			"socketTimeout=0");

	private static final String EXIT_CODE = "$.container.ExitCode";

	private static final int MOST_SECONDS = 1800;

	private final NetworkStack network;

	private final ComputeStack compute;

	private final IRole checker;

	SchemaBranch(NetworkStack network, ComputeStack compute, IRole checker) {
		this.network = network;
		this.compute = compute;
		this.checker = checker;
	}

	/**
	 * A branch of its own, which fails unless the check ends with 0.
	 */
	Map<String, Object> of(Service service) {
		String schema = service.id();
		Map<String, Object> task = new LinkedHashMap<>();
		task.put("Type", "Task");
		task.put("Resource", "arn:aws:states:::ecs:runTask.sync");
		task.put("Parameters", run(service));
		task.put("ResultSelector",
				Ordered.map("schema", schema, "container.$", "$.Containers[0]", "task.$", "$.TaskArn"));
		task.put("TimeoutSeconds", MOST_SECONDS);
		task.put("Next", schema + " sound?");
		// A container that never ran has no exit code.
		Map<String, Object> sound = Ordered.map("And", List.of(Ordered.map("Variable", EXIT_CODE, "IsPresent", true),
				Ordered.map("Variable", EXIT_CODE, "NumericEquals", 0)), "Next", schema + " is sound");
		return Ordered.map("StartAt", schema, "States", Ordered.map(schema, task, schema + " sound?",
				States.choice(schema + " is not sound", sound), schema + " is sound", Ordered.map("Type", "Succeed"),
				schema + " is not sound",
				Ordered.map("Type", "Fail", "Error", "CheckFailed", "Cause",
						"The check of %s ended with another status than 0: its line is in the log group /punctual/%s"
							.formatted(schema, schema))));
	}

	private Map<String, Object> run(Service service) {
		Map<String, Object> container = Ordered.map("Name", Service.CONTAINER_NAME, "Command", List.of("check"),
				"Environment",
				List.of(Ordered.map("Name", "SPRING_DATASOURCE_URL", "Value.$",
						"States.Format('jdbc:mysql://{}:3306/%s?%s', $.scratch.instance.Endpoint.Address)"
							.formatted(service.id(), UNHURRIED))));
		Map<String, Object> where = Ordered.map("AssignPublicIp", "DISABLED", "Subnets",
				this.network.vpc().selectSubnets(this.network.taskSubnets(false)).getSubnetIds(), "SecurityGroups",
				List.of(this.network.groups().drill().getSecurityGroupId()));
		return Ordered.map("Cluster", ComputeStack.CLUSTER, "LaunchType", "FARGATE", "TaskDefinition",
				"punctual-" + service.id(), "NetworkConfiguration", Ordered.map("AwsvpcConfiguration", where),
				"Overrides", Ordered.map("TaskRoleArn", this.checker.getRoleArn(), "ExecutionRoleArn",
						this.compute.executionRoleArn(service), "ContainerOverrides", List.of(container)));
	}

}
