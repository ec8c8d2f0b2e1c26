package io.punctual.infrastructure.settings;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * One of the four services, with what is its own on the shared load balancer.
 */
public enum Service {

	CLIENTS(8441, 9441, true),

	NOTICES(8442, 9442, false),

	DELIVERY(8443, 9443, true),

	SLA(8444, 9444, false);

	/**
	 * Where every service listens in its container.
	 */
	public static final int CONTAINER_PORT = 8080;

	/**
	 * What the container is called in every task definition.
	 */
	public static final String CONTAINER_NAME = "service";

	private final int productionPort;

	private final int testPort;

	private final boolean reachingInternet;

	Service(int productionPort, int testPort, boolean reachingInternet) {
		this.productionPort = productionPort;
		this.testPort = testPort;
		this.reachingInternet = reachingInternet;
	}

	/**
	 * Its name as a resource, a schema, a database user and a host.
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Its name as a part of a construct's.
	 */
	public String title() {
		return name().charAt(0) + id().substring(1);
	}

	/**
	 * Its listener that callers use.
	 */
	public int productionPort() {
		return this.productionPort;
	}

	/**
	 * Its listener that a new release is tried at before callers reach it.
	 */
	public int testPort() {
		return this.testPort;
	}

	/**
	 * Whether it has a way out: {@code delivery} to clients' endpoints and the mail
	 * service, {@code clients} to the issuer of credentials.
	 */
	public boolean reachesInternet() {
		return this.reachingInternet;
	}

	/**
	 * Whose event logs it reads.
	 */
	public Set<Service> sources() {
		return switch (this) {
			case CLIENTS -> EnumSet.of(DELIVERY);
			case NOTICES -> EnumSet.of(CLIENTS, DELIVERY);
			case DELIVERY -> EnumSet.of(CLIENTS, NOTICES, SLA);
			case SLA -> EnumSet.of(CLIENTS, NOTICES, DELIVERY);
		};
	}

	public String repository() {
		return "punctual/" + id();
	}

}
