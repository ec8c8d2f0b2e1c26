package io.punctual.infrastructure.observation;

/**
 * What the other stacks made, by the names under which CloudWatch knows it.
 *
 * @param cluster the ECS cluster; its services are called like ours
 * @param database the DB instance
 * @param api the REST API
 * @param stage its stage
 * @param pipeline what releases
 * @param balancer the load balancer's full name
 * @param health what Route 53 asks, by its id
 * @param drill the ARN of the restore drill's state machine
 */
public record Watched(String cluster, String database, String api, String stage, String pipeline, String balancer,
		String health, String drill) {

	/**
	 * Where a service logs.
	 */
	public static String logGroup(String service) {
		return "/punctual/" + service;
	}

}
