package io.punctual.infrastructure.compute;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.common.Named;
import io.punctual.infrastructure.data.DataStack;
import io.punctual.infrastructure.domain.DomainStack;
import io.punctual.infrastructure.identity.IdentityStack;
import io.punctual.infrastructure.network.NetworkStack;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.services.ecs.CfnCluster;
import software.constructs.Construct;

/**
 * Everything that tasks need before the first one runs.
 */
public final class ComputeStack extends Named {

	/**
	 * The cluster's name.
	 */
	public static final String CLUSTER = "punctual";

	/**
	 * How the driver speaks to the database. TLS is not among them: the database insists
	 * on it, and a service checks whom it speaks to by itself.
	 */
	public static final String DATABASE_OPTIONS = "connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true"
			+ "&useInformationSchema=false&rewriteBatchedStatements=true&readOnlyPropagatesToServer=false"
			+ "&connectTimeout=3000&socketTimeout=20000";

	private final LoadBalancer loadBalancer;

	private final Map<Service, ServiceRights> rights = new EnumMap<>(Service.class);

	private final MigrateRights migrateRights;

	public ComputeStack(Construct scope, Environment environment, NetworkStack network, DomainStack domain,
			IdentityStack identity, DataStack data) {
		super(scope, "Compute", "images, cluster, load balancer, names and rights", environment);
		CfnCluster.Builder.create(this, "Cluster")
			.clusterName(CLUSTER)
			.clusterSettings(List
				.of(CfnCluster.ClusterSettingsProperty.builder().name("containerInsights").value("enabled").build()))
			.build();
		this.loadBalancer = new LoadBalancer(this, environment, network, domain);
		new IdentityRelay(this, environment, this.loadBalancer, identity);
		new Discovery(this, environment, network.vpc(), this.loadBalancer.dnsName());
		for (Service service : Service.values()) {
			ImageRepository repository = new ImageRepository(this, service);
			this.rights.put(service, new ServiceRights(this, environment, service, repository, data, domain, identity));
		}
		this.migrateRights = new MigrateRights(this, environment, data.database(), this.rights.values());
	}

	public LoadBalancer loadBalancer() {
		return this.loadBalancer;
	}

	public ServiceRights of(Service service) {
		ServiceRights found = this.rights.get(service);
		if (found == null) {
			throw new IllegalStateException("no rights for " + service.id());
		}
		return found;
	}

	public MigrateRights migrate() {
		return this.migrateRights;
	}

	public String executionRoleArn(Service service) {
		return of(service).executionRole().getRoleArn();
	}

	public List<String> executionRoleArns() {
		return this.rights.values().stream().map((right) -> right.executionRole().getRoleArn()).toList();
	}

}
