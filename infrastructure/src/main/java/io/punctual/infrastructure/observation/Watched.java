package io.punctual.infrastructure.observation;

/**
 * What the other stacks made, by the names under which CloudWatch knows it.
 *
 * @param cluster the ECS cluster; its services are called like ours
 * @param database the DB instance
 * @param api the REST API
 * @param stage its stage
 * @param pipeline what releases
 */
public record Watched(String cluster, String database, String api, String stage, String pipeline) {

	/**
	 * Where a service logs.
	 */
	public static String logGroup(String service) {
		return "/punctual/" + service;
	}

}
