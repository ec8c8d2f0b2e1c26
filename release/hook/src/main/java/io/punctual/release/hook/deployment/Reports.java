package io.punctual.release.hook.deployment;

/**
 * Where a hook says what it found.
 */
@FunctionalInterface
public interface Reports {

	/**
	 * Tells CodeDeploy.
	 * @param deploymentId the deployment
	 * @param executionId the hook's execution
	 * @param succeeded whether traffic may move
	 */
	void report(String deploymentId, String executionId, boolean succeeded);

}
