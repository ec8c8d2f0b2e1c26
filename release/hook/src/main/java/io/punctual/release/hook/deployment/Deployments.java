package io.punctual.release.hook.deployment;

/**
 * Deployments, as CodeDeploy and ECS know them.
 */
@FunctionalInterface
public interface Deployments {

	/**
	 * What a deployment brings.
	 * @param deploymentId its id
	 * @return the release that its task definition names
	 */
	String release(String deploymentId);

}
