package io.punctual.release.hook.deployment;

/**
 * Deployments, as CodeDeploy and ECS know them.
 */
public interface Deployments {

	/**
	 * What a deployment brings.
	 * @param deploymentId its id
	 * @return the service, and the release its task definition names
	 */
	Deployed find(String deploymentId);

	/**
	 * Tells CodeDeploy what a hook found.
	 * @param deploymentId the deployment
	 * @param executionId the hook's execution
	 * @param succeeded whether traffic may move
	 */
	void report(String deploymentId, String executionId, boolean succeeded);

	/**
	 * A service's release.
	 */
	record Deployed(String service, String release) {
	}

}
