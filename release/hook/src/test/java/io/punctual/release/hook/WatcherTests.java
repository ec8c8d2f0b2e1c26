package io.punctual.release.hook;

import java.util.ArrayList;
import java.util.List;

import io.punctual.release.hook.deployment.Deployments;
import io.punctual.release.hook.deployment.Scaling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What follows a deployment.
 */
class WatcherTests {

	private final List<String> done = new ArrayList<>();

	private boolean gateAnswers = true;

	private boolean goesOn = true;

	private final Watcher watcher = new Watcher(new Deployments() {

		@Override
		public boolean goesOn(String deploymentId) {
			return WatcherTests.this.goesOn;
		}

		@Override
		public String release(String deploymentId) {
			return "release-of-" + deploymentId;
		}

	}, new Scaling() {

		@Override
		public void hold(String service) {
			WatcherTests.this.done.add("hold " + service);
		}

		@Override
		public void release(String service) {
			WatcherTests.this.done.add("let go " + service);
		}

	}, this::reject, (line) -> {
	});

	private void reject(String service, String release) {
		if (!this.gateAnswers) {
			throw new IllegalStateException("no gate");
		}
		this.done.add("reject " + service + " " + release);
	}

	@Test
	void holdsTheScalingWhileADeploymentGoesOn() {
		this.watcher.changed("sla", "d-1", "START");
		assertThat(this.done).containsExactly("hold sla");
		this.watcher.changed("sla", "d-1", "SUCCESS");
		assertThat(this.done).containsExactly("hold sla", "let go sla");
	}

	@ParameterizedTest
	@ValueSource(strings = { "FAILURE", "STOP" })
	void takesTheWorkFromWhatFailed(String state) {
		this.watcher.changed("sla", "d-1", state);
		assertThat(this.done).containsExactly("reject sla release-of-d-1", "let go sla");
	}

	@Test
	void letsTheServiceScaleAgainEvenIfTheGateDoesNotAnswer() {
		this.gateAnswers = false;
		assertThatIllegalStateException().isThrownBy(() -> this.watcher.changed("sla", "d-1", "FAILURE"));
		assertThat(this.done).containsExactly("let go sla");
	}

	@Test
	void holdsNothingForADeploymentThatHadEndedWhenItWasToldOf() {
		this.watcher.changed("sla", "d-1", "SUCCESS");
		this.goesOn = false;
		this.watcher.changed("sla", "d-1", "START");
		assertThat(this.done).containsExactly("let go sla");
	}

	@Test
	void caresForNoOtherChange() {
		this.watcher.changed("sla", "d-1", "READY");
		assertThat(this.done).isEmpty();
	}

}
