package io.punctual.infrastructure.settings;

import java.util.List;

/**
 * What staging and production differ by, and nothing else does. Their accounts and
 * domains are examples here, for the tests; a deployment has those of a {@link Place}.
 *
 * @param name {@code staging} or {@code production}
 * @param account where it runs
 * @param logAccount where audit logs and copies of backups are kept, out of its reach
 * @param region the only one
 * @param zones the availability zones
 * @param domain the public domain; the API is {@code api.<domain>}
 * @param hostedZone the id of the domain's zone, known once the stack Domain is deployed
 * @param platform what containers run on
 * @param network the network's sizes
 * @param database the database's sizes
 * @param fleet the services' sizes, as the platform allows them
 * @param source where commits come from
 * @param profile how traffic moves to a new release
 * @param operators who gets mail about alarms and drills
 * @param anomalyMonitor the ARN of the account's monitor of all services' cost, of which
 * there can be one; empty where the account has none yet
 */
public record Environment(String name, String account, String logAccount, String region, List<String> zones,
		String domain, String hostedZone, Platform platform, NetworkSize network, DatabaseSize database, Fleet fleet,
		Source source, Profile profile, String operators, String anomalyMonitor) {

	private static final String REGION = "eu-west-1";

	private static final List<String> ZONES = List.of("eu-west-1a", "eu-west-1b", "eu-west-1c");

	private static final String LOG_ACCOUNT = "333333333333";

	public Environment {
		fleet = fleet.on(platform);
	}

	/**
	 * Like production, but smaller: what a zone's failure costs is found out there too.
	 */
	public static Environment staging() {
		return new Environment("staging", "111111111111", LOG_ACCOUNT, REGION, ZONES, "staging.punctual.example",
				"Z0000000STAGING00000", Platform.ARM64, new NetworkSize("10.20.0.0/16", 1, 1),
				new DatabaseSize("t4g.medium", 4, 20, 100, true, 7), Fleet.small(), Source.main("111111111111"),
				Profile.QUICK, "operators@punctual.example", "");
	}

	public static Environment production() {
		return new Environment("production", "222222222222", LOG_ACCOUNT, REGION, ZONES, "punctual.example",
				"Z000000PRODUCTION000", Platform.ARM64, new NetworkSize("10.10.0.0/16", 3, 3),
				new DatabaseSize("m7g.large", 8, 100, 1000, true, 35), Fleet.normal(), Source.main("222222222222"),
				Profile.QUICK, "operators@punctual.example", "");
	}

	/**
	 * The same on another platform.
	 */
	public Environment on(Platform other) {
		return new Environment(this.name, this.account, this.logAccount, this.region, this.zones, this.domain,
				this.hostedZone, other, this.network, this.database, this.fleet, this.source, this.profile,
				this.operators, this.anomalyMonitor);
	}

	/**
	 * The same, with releases from elsewhere that move traffic otherwise.
	 */
	public Environment released(Source from, Profile how) {
		return new Environment(this.name, this.account, this.logAccount, this.region, this.zones, this.domain,
				this.hostedZone, this.platform, this.network, this.database, this.fleet, from, how, this.operators,
				this.anomalyMonitor);
	}

	/**
	 * The same with other numbers of tasks.
	 */
	public Environment with(Fleet other) {
		return new Environment(this.name, this.account, this.logAccount, this.region, this.zones, this.domain,
				this.hostedZone, this.platform, this.network, this.database, other, this.source, this.profile,
				this.operators, this.anomalyMonitor);
	}

	/**
	 * The same elsewhere: in somebody's accounts, under their domain.
	 */
	public Environment at(Place place) {
		return new Environment(this.name, place.account(), place.logAccount(), this.region, this.zones, place.domain(),
				place.hostedZone(), this.platform, this.network, this.database, this.fleet, place.source(),
				this.profile, place.operators(), place.anomalyMonitor());
	}

	public boolean isProduction() {
		return this.name.equals("production");
	}

	/**
	 * Account and region, as stacks take them.
	 */
	public software.amazon.awscdk.Environment target() {
		return software.amazon.awscdk.Environment.builder().account(this.account).region(this.region).build();
	}

	/**
	 * The public name of the API.
	 */
	public String apiHost() {
		return "api." + this.domain;
	}

	/**
	 * Whose pages a browser lets read the API's answers.
	 */
	public String webOrigin() {
		return "https://console." + this.domain;
	}

	/**
	 * The zone of the names that only the VPC resolves.
	 */
	public String internalZone() {
		return "svc." + this.domain;
	}

	/**
	 * The addresses of S3 in the region, as a list that AWS keeps.
	 */
	public String s3PrefixList() {
		return "pl-6da54004";
	}

	/**
	 * How a service is reached from within.
	 */
	public String internalUrl(Service service) {
		return "https://%s.%s:%d".formatted(service.id(), internalZone(), service.productionPort());
	}

	/**
	 * The network's sizes.
	 *
	 * @param cidr the addresses of all of it
	 * @param natGateways how many ways out; one for each zone survives the loss of any
	 * @param endpointZones in how many zones each interface endpoint stands
	 */
	public record NetworkSize(String cidr, int natGateways, int endpointZones) {
	}

	/**
	 * The database's sizes.
	 *
	 * @param instance its class, as RDS names it but without {@code db.}
	 * @param memoryGib what the class has
	 * @param storageGib what it starts with
	 * @param largestStorageGib what it may grow to by itself
	 * @param standby whether a standby waits in another zone
	 * @param backupDays how far back a point in time can be restored
	 */
	public record DatabaseSize(String instance, int memoryGib, int storageGib, int largestStorageGib, boolean standby,
			int backupDays) {

		/**
		 * How many connections it takes: RDS for MySQL sets {@code max_connections} to
		 * the memory that its processes leave, in bytes, over this number; so it is
		 * somewhat fewer.
		 */
		public int connections() {
			return (int) ((long) this.memoryGib * 1024 * 1024 * 1024 / 12_582_880);
		}

	}

	/**
	 * Where commits come from.
	 *
	 * @param repository its owner and name
	 * @param branch each commit of which is released
	 * @param connection the ARN of the connection to the repository's host, which
	 * somebody approves once, in the console; its id is a placeholder until then
	 */
	public record Source(String repository, String branch, String connection) {

		private static Source main(String account) {
			return new Source("punctual/punctual", "main",
					"arn:aws:codeconnections:%s:%s:connection/00000000-0000-0000-0000-000000000000".formatted(REGION,
							account));
		}

	}

}
