package io.punctual.release.hook;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import com.amazonaws.services.lambda.runtime.Context;
import io.punctual.release.hook.check.CheckException;
import io.punctual.release.hook.deployment.Reports;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The function as Lambda calls it.
 */
class HookHandlerTests {

	private final List<String> reports = new ArrayList<>();

	private final Reports deployments = (deploymentId, executionId, succeeded) -> this.reports
		.add(deploymentId + " " + executionId + " " + succeeded);

	private String handle(Hook.Validating validating, int remainingMillis) throws IOException {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		new HookHandler(this.deployments, validating).handleRequest(new ByteArrayInputStream("""
				{"DeploymentId": "d-7", "LifecycleEventHookExecutionId": "e-7"}""".getBytes(StandardCharsets.UTF_8)),
				output, context(remainingMillis));
		return output.toString(StandardCharsets.UTF_8);
	}

	private static Context context(int remainingMillis) {
		return (Context) Proxy.newProxyInstance(Context.class.getClassLoader(), new Class<?>[] { Context.class },
				(proxy, method, args) -> method.getName().equals("getRemainingTimeInMillis") ? remainingMillis : null);
	}

	@Test
	void reportsForTheExecutionItWasCalledFor() throws IOException {
		assertThat(handle((id) -> {
		}, 60_000)).contains("true");
		assertThat(this.reports).containsExactly("d-7 e-7 true");
	}

	@Test
	void keepsTimeToReportInWhateverTheChecksTake() throws IOException {
		int left = 15_100;
		long start = System.nanoTime();
		assertThat(handle((id) -> {
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				throw new CheckException("interrupted", ex);
			}
		}, left)).contains("false");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(left));
		assertThat(this.reports).containsExactly("d-7 e-7 false");
	}

	@Test
	void refusesWhenThereIsNoTimeLeft() throws IOException {
		handle((id) -> {
			try {
				Thread.sleep(60_000);
			}
			catch (InterruptedException ex) {
				throw new CheckException("interrupted", ex);
			}
		}, 10);
		assertThat(this.reports).containsExactly("d-7 e-7 false");
	}

	@Test
	void letsNothingInForADeploymentThatIsOver() throws IOException {
		List<String> validated = new ArrayList<>();
		assertThat(handle(HookHandler.waiting((id) -> false, validated::add), 60_000)).contains("false");
		assertThat(validated).isEmpty();
		assertThat(handle(HookHandler.waiting((id) -> true, validated::add), 60_000)).contains("true");
		assertThat(validated).containsExactly("d-7");
	}

	@Test
	void refusesWhenItCannotBeKnownWhetherTheDeploymentGoesOn() throws IOException {
		assertThat(handle(HookHandler.waiting((id) -> {
			throw new IllegalStateException("no answer");
		}, (id) -> {
		}), 60_000)).contains("false");
		assertThat(this.reports).containsExactly("d-7 e-7 false");
	}

}
