package io.punctual.release.hook.deployment;

/**
 * Deployments, as CodeDeploy and ECS know them.
 */
public interface Deployments {

	/**
	 * Whether a deployment has not ended yet. What is told of one may come late, twice,
	 * or after what happened later.
	 * @param deploymentId its id
	 * @return false once it has succeeded, failed or was stopped
	 */
	boolean goesOn(String deploymentId);

	/**
	 * What a deployment brings.
	 * @param deploymentId its id
	 * @return the release that its task definition names
	 */
	String release(String deploymentId);

}
