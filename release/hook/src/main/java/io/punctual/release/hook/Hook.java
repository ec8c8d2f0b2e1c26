package io.punctual.release.hook;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.punctual.release.hook.deployment.Reports;

/**
 * Runs a validation and reports what came of it, whatever came of it: CodeDeploy would
 * wait an hour for a hook that says nothing.
 */
final class Hook {

	private static final int TRIES = 3;

	private final Reports reports;

	private final Validating validating;

	private final Consumer<String> log;

	Hook(Reports reports, Validating validating, Consumer<String> log) {
		this.reports = reports;
		this.validating = validating;
		this.log = log;
	}

	/**
	 * Validates and reports.
	 * @param deploymentId the deployment
	 * @param executionId this execution of the hook
	 * @param budget how long the validation may take; reporting comes after it
	 * @return whether traffic may move
	 */
	boolean run(String deploymentId, String executionId, Duration budget) {
		boolean succeeded = false;
		try {
			succeeded = validate(deploymentId, budget);
		}
		finally {
			report(deploymentId, executionId, succeeded);
		}
		return succeeded;
	}

	private boolean validate(String deploymentId, Duration budget) {
		ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
		try {
			Future<?> work = executor.submit(() -> {
				this.validating.validate(deploymentId);
				return null;
			});
			work.get(budget.toMillis(), TimeUnit.MILLISECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			this.log.accept("Refused: the checks did not end within " + budget.toSeconds() + " s");
		}
		catch (ExecutionException ex) {
			this.log.accept("Refused: " + ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.log.accept("Refused: interrupted");
		}
		finally {
			executor.shutdownNow();
		}
		return false;
	}

	private void report(String deploymentId, String executionId, boolean succeeded) {
		RuntimeException problem = null;
		for (int i = 0; i < TRIES; i++) {
			try {
				this.reports.report(deploymentId, executionId, succeeded);
				this.log.accept("Reported: " + (succeeded ? "traffic may move" : "no traffic may move"));
				return;
			}
			catch (RuntimeException ex) {
				this.log.accept("Not reported: " + ex);
				problem = ex;
			}
		}
		throw new IllegalStateException("CodeDeploy could not be told", problem);
	}

	/**
	 * What is done before the report.
	 */
	@FunctionalInterface
	interface Validating {

		void validate(String deploymentId);

	}

}
