package io.punctual.release.hook;

import java.util.ArrayList;
import java.util.List;

import io.punctual.release.hook.check.Caller;
import io.punctual.release.hook.check.CheckException;
import io.punctual.release.hook.check.Gate;
import io.punctual.release.hook.check.PunctualStandIn;
import io.punctual.release.hook.deployment.Deployments;
import io.punctual.release.hook.deployment.Scaling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What follows a deployment.
 */
class WatcherTests {

	private final PunctualStandIn punctual = new PunctualStandIn();

	private final Caller caller = this.punctual.caller();

	private final List<String> scaling = new ArrayList<>();

	private String deployed = "green";

	private final Watcher watcher = new Watcher(new Deployments() {

		@Override
		public Deployed find(String deploymentId) {
			return new Deployed("sla", WatcherTests.this.deployed);
		}

		@Override
		public void report(String deploymentId, String executionId, boolean succeeded) {
			throw new IllegalStateException("nobody asked");
		}

	}, new Scaling() {

		@Override
		public void hold(String service) {
			WatcherTests.this.scaling.add("hold " + service);
		}

		@Override
		public void release(String service) {
			WatcherTests.this.scaling.add("release " + service);
		}

	}, (service) -> new Gate(this.caller, this.punctual.url("/" + service)), (line) -> {
	});

	@AfterEach
	void stop() {
		this.caller.close();
		this.punctual.close();
	}

	@Test
	void holdsTheScalingWhileADeploymentGoesOn() {
		this.watcher.changed("sla", "d-1", "START");
		assertThat(this.scaling).containsExactly("hold sla");
		this.watcher.changed("sla", "d-1", "SUCCESS");
		assertThat(this.scaling).containsExactly("hold sla", "release sla");
		assertThat(this.punctual.requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "FAILURE", "STOP" })
	void takesTheGateFromAReleaseThatHadBeenLetIn(String state) {
		this.punctual.gate().put("green", "ACTIVE");
		this.punctual.gate().put("blue", "DRAINING");
		this.watcher.changed("sla", "d-1", state);
		assertThat(this.punctual.gate()).containsEntry("green", "REJECTED").containsEntry("blue", "ACTIVE");
		assertThat(this.scaling).containsExactly("release sla");
	}

	@Test
	void rejectsOneThatWasNeverLetIn() {
		this.watcher.changed("sla", "d-1", "FAILURE");
		assertThat(this.punctual.gate()).containsEntry("green", "REJECTED").containsEntry("blue", "ACTIVE");
	}

	@Test
	void leavesTheGateToTheReleaseThatServes() {
		this.deployed = "blue";
		this.watcher.changed("sla", "d-1", "FAILURE");
		assertThat(this.punctual.gate()).containsEntry("blue", "ACTIVE");
		assertThat(this.punctual.requests("reject")).isEmpty();
	}

	@Test
	void letsTheServiceScaleAgainEvenIfTheGateDoesNotAnswer() {
		this.punctual.answering("GET /sla/internal/releases", 503, "{}");
		assertThatExceptionOfType(CheckException.class).isThrownBy(() -> this.watcher.changed("sla", "d-1", "FAILURE"));
		assertThat(this.scaling).containsExactly("release sla");
	}

	@Test
	void caresForNoOtherChange() {
		this.watcher.changed("sla", "d-1", "READY");
		assertThat(this.scaling).isEmpty();
		assertThat(this.punctual.requests()).isEmpty();
	}

}
