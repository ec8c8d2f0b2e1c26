package io.punctual.release.hook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.punctual.release.hook.deployment.Reports;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The report, which comes whatever comes.
 */
class HookTests {

	/** More than any machine takes for checks that do nothing. */
	private static final Duration AMPLE = Duration.ofMinutes(5);

	private final List<String> reports = new ArrayList<>();

	private final List<String> log = new ArrayList<>();

	private int refusals;

	private final Reports deployments = (deploymentId, executionId, succeeded) -> {
		if (this.refusals-- > 0) {
			throw new IllegalStateException("throttled");
		}
		this.reports.add(deploymentId + " " + executionId + " " + succeeded);
	};

	private boolean run(Hook.Validating validating, Duration budget) {
		return new Hook(this.deployments, validating, this.log::add).run("d-1", "e-1", budget);
	}

	@Test
	void saysYes() {
		assertThat(run((id) -> assertThat(id).isEqualTo("d-1"), AMPLE)).isTrue();
		assertThat(this.reports).containsExactly("d-1 e-1 true");
	}

	@Test
	void saysNoForAnException() {
		assertThat(run((id) -> {
			throw new IllegalArgumentException("odd");
		}, AMPLE)).isFalse();
		assertThat(this.reports).containsExactly("d-1 e-1 false");
		assertThat(this.log).anyMatch((line) -> line.contains("odd"));
	}

	@Test
	void saysNoForAnError() {
		run((id) -> {
			throw new OutOfMemoryError("heap");
		}, AMPLE);
		assertThat(this.reports).containsExactly("d-1 e-1 false");
	}

	@Test
	void saysNoEvenIfItCannotWriteDownWhy() {
		Hook hook = new Hook(this.deployments, (id) -> {
			throw new IllegalArgumentException("odd");
		}, (line) -> {
			if (line.startsWith("Refused")) {
				throw new IllegalStateException("no log");
			}
		});
		assertThatIllegalStateException().isThrownBy(() -> hook.run("d-1", "e-1", Duration.ofSeconds(5)))
			.withMessage("no log");
		assertThat(this.reports).containsExactly("d-1 e-1 false");
	}

	@Test
	void saysNoWhenTheChecksDoNotEnd() throws InterruptedException {
		CountDownLatch interrupted = new CountDownLatch(1);
		assertThat(run((id) -> {
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
		}, Duration.ofMillis(50))).isFalse();
		assertThat(this.reports).containsExactly("d-1 e-1 false");
		interrupted.await();
	}

	@Test
	void saysItAgainWhenItIsNotHeard() {
		this.refusals = 2;
		assertThat(run((id) -> {
		}, AMPLE)).isTrue();
		assertThat(this.reports).containsExactly("d-1 e-1 true");
	}

	@Test
	void failsAloudWhenNobodyHears() {
		this.refusals = 9;
		assertThatIllegalStateException().isThrownBy(() -> run((id) -> {
		}, AMPLE));
	}

}
