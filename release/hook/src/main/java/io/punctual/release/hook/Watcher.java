package io.punctual.release.hook;

import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.punctual.release.hook.deployment.Deployments;
import io.punctual.release.hook.deployment.Scaling;

/**
 * Follows a deployment: nothing scales while it goes on, and one that failed loses its
 * work gate, whether its hook had let it in or not.
 */
final class Watcher {

	private static final Set<String> ENDED = Set.of("SUCCESS", "FAILURE", "STOP");

	private final Deployments deployments;

	private final Scaling scaling;

	private final BiConsumer<String, String> rejecting;

	private final Consumer<String> log;

	Watcher(Deployments deployments, Scaling scaling, BiConsumer<String, String> rejecting, Consumer<String> log) {
		this.deployments = deployments;
		this.scaling = scaling;
		this.rejecting = rejecting;
		this.log = log;
	}

	/**
	 * Acts on a change of a deployment.
	 * @param service the deployment group, which is the service's name
	 * @param deploymentId the deployment
	 * @param state CodeDeploy's word for what has become of it
	 */
	void changed(String service, String deploymentId, String state) {
		if (state.equals("START")) {
			if (!this.deployments.goesOn(deploymentId)) {
				// Told after its end: who held now would be told of nothing that lets go.
				this.log.accept(service + ": " + deploymentId + " has ended already");
				return;
			}
			this.scaling.hold(service);
			this.log.accept(service + ": nothing scales while " + deploymentId + " goes on");
		}
		else if (ENDED.contains(state)) {
			try {
				if (!state.equals("SUCCESS")) {
					this.rejecting.accept(service, this.deployments.release(deploymentId));
				}
			}
			finally {
				// Whatever becomes of the gate, a service that cannot scale would fall
				// next.
				this.scaling.release(service);
				this.log.accept(service + ": scales again after " + deploymentId + ", " + state);
			}
		}
	}

}
