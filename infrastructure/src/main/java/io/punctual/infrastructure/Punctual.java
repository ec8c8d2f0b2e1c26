package io.punctual.infrastructure;

import io.punctual.infrastructure.audit.AuditLogStack;
import io.punctual.infrastructure.audit.AuditStack;
import io.punctual.infrastructure.budget.BudgetStack;
import io.punctual.infrastructure.canary.CanaryStack;
import io.punctual.infrastructure.compute.ComputeStack;
import io.punctual.infrastructure.compute.ReleaseSettings;
import io.punctual.infrastructure.compute.SettingsStack;
import io.punctual.infrastructure.data.DataStack;
import io.punctual.infrastructure.data.Database;
import io.punctual.infrastructure.data.VaultStack;
import io.punctual.infrastructure.domain.DomainStack;
import io.punctual.infrastructure.drill.DrillStack;
import io.punctual.infrastructure.gateway.FailoverStack;
import io.punctual.infrastructure.gateway.FallbackStack;
import io.punctual.infrastructure.gateway.GatewayStack;
import io.punctual.infrastructure.identity.IdentityStack;
import io.punctual.infrastructure.network.NetworkStack;
import io.punctual.infrastructure.observation.ObservationStack;
import io.punctual.infrastructure.observation.Watched;
import io.punctual.infrastructure.release.DeploymentStack;
import io.punctual.infrastructure.release.PipelineStack;
import io.punctual.infrastructure.scaling.ScalingStack;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.traffic.TrafficStack;
import software.amazon.awscdk.Stage;
import software.amazon.awscdk.StageProps;
import software.amazon.awscdk.Tags;
import software.constructs.Construct;

/**
 * The whole system in one environment: a line for each stack, in the order of who needs
 * whom.
 */
final class Punctual extends Stage {

	Punctual(Construct scope, Environment environment) {
		super(scope, environment.name(), StageProps.builder().env(environment.target()).build());
		Tags.of(this).add("application", "punctual");
		Tags.of(this).add("environment", environment.name());
		NetworkStack network = new NetworkStack(this, environment);
		DomainStack domain = new DomainStack(this, environment);
		IdentityStack identity = new IdentityStack(this, environment);
		new VaultStack(this, environment);
		DataStack data = new DataStack(this, environment, network);
		ComputeStack compute = new ComputeStack(this, environment, network, domain, identity, data);
		new DrillStack(this, environment, network, data, compute);
		GatewayStack gateway = new GatewayStack(this, environment, network, domain, identity, compute);
		new FallbackStack(this, environment);
		new FailoverStack(this, environment);
		ReleaseSettings settings = new ReleaseSettings(environment, data, compute, identity, gateway.clientsPlan());
		new SettingsStack(this, environment, settings);
		TrafficStack traffic = new TrafficStack(this, environment, network, compute, settings);
		new ScalingStack(this, environment, compute, traffic);
		ObservationStack observation = new ObservationStack(this, environment,
				new Watched(ComputeStack.CLUSTER, Database.NAME, "punctual", gateway.stageName(), "punctual",
						compute.loadBalancer().fullName(), gateway.healthCheck(), DrillStack.machineArn(environment)));
		observation.addStackDependency(compute);
		new DeploymentStack(this, environment, network, identity, compute, traffic, observation.topics());
		new PipelineStack(this, environment, network, identity, compute);
		new CanaryStack(this, environment, identity, observation.topics());
		AuditLogStack auditLog = new AuditLogStack(this, environment);
		new AuditStack(this, environment, auditLog, observation.topics());
		new BudgetStack(this, environment, observation.topics());
	}

}
