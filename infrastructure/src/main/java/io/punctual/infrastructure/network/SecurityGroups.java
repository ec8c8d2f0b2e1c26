package io.punctual.infrastructure.network;

import java.util.EnumMap;
import java.util.Map;

import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.services.ec2.IPeer;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.constructs.Construct;

/**
 * Who may speak to whom: groups name each other, never addresses. The exceptions are the
 * two services that reach the internet, and S3, which has a list of its own.
 */
public final class SecurityGroups extends Construct {

	/**
	 * Where the load balancer answers for the issuer of tokens.
	 */
	public static final int IDENTITY_PORT = 8449;

	private static final Port HTTPS = Port.tcp(443);

	private static final Port MYSQL = Port.tcp(3306);

	private final NetworkStack network;

	private final Map<Service, SecurityGroup> tasks = new EnumMap<>(Service.class);

	private final SecurityGroup loadBalancer;

	private final SecurityGroup link;

	private final SecurityGroup database;

	private final SecurityGroup endpoints;

	private final SecurityGroup codeDeploy;

	private final SecurityGroup migrate;

	private final SecurityGroup hook;

	private final SecurityGroup drill;

	private final SecurityGroup scratchDatabase;

	SecurityGroups(NetworkStack network, Environment environment) {
		super(network, "Groups");
		this.network = network;
		this.loadBalancer = group("LoadBalancer", "The internal load balancer");
		this.link = group("Link", "The VPC link of API Gateway");
		this.database = group("Database", "The database");
		this.endpoints = group("Endpoints", "The endpoints of AWS services");
		this.codeDeploy = group("CodeDeploy", "The endpoint of CodeDeploy");
		this.migrate = group("Migrate", "Tasks that migrate a schema");
		this.hook = group("Hook", "The validation hook of a release");
		this.drill = group("Drill", "The checks of the restore drill");
		this.scratchDatabase = group("ScratchDatabase", "The database of the restore drill");
		for (Service service : Service.values()) {
			this.tasks.put(service, group(service.title(), "The tasks of " + service.id()));
		}
		IPeer images = Peer.prefixList(environment.s3PrefixList());
		for (Service service : Service.values()) {
			SecurityGroup task = of(service);
			allow(this.link, this.loadBalancer, Port.tcp(service.productionPort()));
			allow(this.hook, this.loadBalancer, Port.tcp(service.productionPort()));
			allow(this.hook, this.loadBalancer, Port.tcp(service.testPort()));
			allow(this.loadBalancer, task, Port.tcp(Service.CONTAINER_PORT));
			allow(task, this.loadBalancer, Port.tcp(IDENTITY_PORT));
			service.sources().forEach((source) -> allow(task, this.loadBalancer, Port.tcp(source.productionPort())));
			allow(task, this.database, MYSQL);
			allow(task, this.endpoints, HTTPS);
			task.addEgressRule(images, HTTPS, "layers of images");
			if (service.reachesInternet()) {
				task.addEgressRule(Peer.anyIpv4(), HTTPS, "endpoints of clients, or the issuer of credentials");
			}
		}
		for (SecurityGroup group : new SecurityGroup[] { this.migrate, this.drill }) {
			allow(group, this.endpoints, HTTPS);
			group.addEgressRule(images, HTTPS, "layers of images");
		}
		allow(this.hook, this.loadBalancer, Port.tcp(IDENTITY_PORT));
		allow(this.hook, this.endpoints, HTTPS);
		allow(this.hook, this.codeDeploy, HTTPS);
		allow(this.migrate, this.database, MYSQL);
		// Not to the database itself, whatever its policies would let it.
		allow(this.drill, this.scratchDatabase, MYSQL);
	}

	public SecurityGroup of(Service service) {
		SecurityGroup group = this.tasks.get(service);
		if (group == null) {
			throw new IllegalStateException("no group for " + service.id());
		}
		return group;
	}

	public SecurityGroup loadBalancer() {
		return this.loadBalancer;
	}

	public SecurityGroup link() {
		return this.link;
	}

	public SecurityGroup database() {
		return this.database;
	}

	public SecurityGroup endpoints() {
		return this.endpoints;
	}

	SecurityGroup codeDeploy() {
		return this.codeDeploy;
	}

	public SecurityGroup migrate() {
		return this.migrate;
	}

	/**
	 * For the release's hook, which tries a release at its test listener.
	 */
	public SecurityGroup hook() {
		return this.hook;
	}

	public SecurityGroup drill() {
		return this.drill;
	}

	public SecurityGroup scratchDatabase() {
		return this.scratchDatabase;
	}

	private SecurityGroup group(String id, String description) {
		return SecurityGroup.Builder.create(this, id)
			.vpc(this.network.vpc())
			.description(description)
			.allowAllOutbound(false)
			.build();
	}

	private static void allow(SecurityGroup from, SecurityGroup to, Port port) {
		String what = "%s to %s".formatted(from.getNode().getId(), to.getNode().getId());
		from.addEgressRule(to, port, what);
		to.addIngressRule(from, port, what);
	}

}
