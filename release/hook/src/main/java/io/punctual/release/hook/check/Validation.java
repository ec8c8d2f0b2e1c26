package io.punctual.release.hook.check;

import java.util.Map;
import java.util.function.Consumer;

/**
 * Tries a release at its test listener and, if it does what it must, opens its work gate.
 * Until then it answers HTTP and does nothing by itself.
 */
public final class Validation {

	private final Caller caller;

	private final Services services;

	private final Consumer<String> log;

	public Validation(Caller caller, Services services, Consumer<String> log) {
		this.caller = caller;
		this.services = services;
		this.log = log;
	}

	/**
	 * Does it.
	 * @param key names this attempt, so that a repeated one changes nothing twice
	 * @throws CheckException if the release must not be let in; its gate is as it was
	 */
	public void run(String key) {
		Checks checks = new Checks(this.caller, this.services);
		run(checks.bare());
		Gate gate = new Gate(this.caller, this.services.green());
		Gate.State state = gate.state();
		String release = state.self();
		this.log.accept(this.services.service() + " is release " + release);
		if (state.active() == null) {
			// Before the first release nothing reads or sends: there is nobody to be
			// told.
			this.log.accept("No release has worked yet: the first one is let in when it is ready.");
		}
		else {
			Synthetic synthetic = Synthetic.find(this.caller, this.services.live("clients"));
			if (synthetic == null) {
				this.log.accept("No synthetic client yet: the public smoke test makes it at the end of a release.");
			}
			else {
				run(checks.deep(synthetic, key));
			}
		}
		run(Map.of("is let in", () -> activate(gate, release)));
	}

	private static void activate(Gate gate, String release) {
		try {
			gate.activate(release);
		}
		catch (CheckException ex) {
			gate.reject(release);
			throw ex;
		}
	}

	private void run(Map<String, Runnable> checks) {
		checks.forEach((name, check) -> {
			long start = System.nanoTime();
			check.run();
			this.log
				.accept(this.services.service() + " " + name + " (" + (System.nanoTime() - start) / 1_000_000 + " ms)");
		});
	}

}
