package io.punctual.release.hook;

import io.punctual.release.hook.check.Caller;
import io.punctual.release.hook.check.CheckException;
import io.punctual.release.hook.check.Gate;
import io.punctual.release.hook.check.PunctualStandIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The work taken from a release whose deployment failed.
 */
class GateHandlerTests {

	private final PunctualStandIn punctual = new PunctualStandIn();

	private final Caller caller = this.punctual.caller();

	private final Gate gate = new Gate(this.caller, this.punctual.url("/sla"));

	@AfterEach
	void stop() {
		this.caller.close();
		this.punctual.close();
	}

	@Test
	void takesTheGateFromAReleaseThatHadBeenLetIn() {
		this.punctual.gate().put("green", "ACTIVE");
		this.punctual.gate().put("blue", "DRAINING");
		assertThat(GateHandler.reject(this.gate, "green")).contains("was ACTIVE");
		assertThat(this.punctual.gate()).containsEntry("green", "REJECTED").containsEntry("blue", "ACTIVE");
	}

	@Test
	void rejectsOneThatWasNeverLetIn() {
		GateHandler.reject(this.gate, "green");
		assertThat(this.punctual.gate()).containsEntry("green", "REJECTED").containsEntry("blue", "ACTIVE");
	}

	@Test
	void leavesTheOnlyReleaseItsGate() {
		this.punctual.gate().remove("green");
		assertThat(GateHandler.reject(this.gate, "blue")).contains("keeps its gate");
		assertThat(this.punctual.gate()).containsEntry("blue", "ACTIVE");
		assertThat(this.punctual.requests("reject")).isEmpty();
	}

	@Test
	void rejectsNothingTwice() {
		this.punctual.gate().put("green", "REJECTED");
		GateHandler.reject(this.gate, "green");
		GateHandler.reject(this.gate, "unknown");
		assertThat(this.punctual.requests("reject")).isEmpty();
	}

	@Test
	void failsWhenTheGateDoesNotAnswer() {
		this.punctual.answering("GET /sla/internal/releases", 503, "{}");
		assertThatExceptionOfType(CheckException.class).isThrownBy(() -> GateHandler.reject(this.gate, "green"));
	}

}
