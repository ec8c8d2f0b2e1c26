package io.punctual.release.hook;

import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import io.punctual.release.hook.check.Gate;
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

	private final Function<String, Gate> gates;

	private final Consumer<String> log;

	Watcher(Deployments deployments, Scaling scaling, Function<String, Gate> gates, Consumer<String> log) {
		this.deployments = deployments;
		this.scaling = scaling;
		this.gates = gates;
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
			this.scaling.hold(service);
			this.log.accept(service + ": nothing scales while " + deploymentId + " goes on");
		}
		else if (ENDED.contains(state)) {
			try {
				if (!state.equals("SUCCESS")) {
					reject(service, deploymentId);
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

	private void reject(String service, String deploymentId) {
		String release = this.deployments.find(deploymentId).release();
		Gate gate = this.gates.apply(service);
		Gate.State before = gate.state();
		if (before.self().equals(release)) {
			// The same commit was deployed again: blue is that release and works on.
			this.log.accept(service + ": " + release + " is what serves, and keeps its gate");
			return;
		}
		if (before.states().containsKey(release)) {
			gate.reject(release);
			this.log.accept(service + ": " + release + " is rejected, was " + before.states().get(release));
		}
	}

}
