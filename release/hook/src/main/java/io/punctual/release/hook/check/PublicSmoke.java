package io.punctual.release.hook.check;

import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * What a provider does, through the public address, after a release: an update is
 * published to the synthetic client, and arrives signed.
 */
public final class PublicSmoke {

	private final Caller caller;

	private final String api;

	public PublicSmoke(Caller caller, String api) {
		this.caller = caller;
		this.api = api;
	}

	/**
	 * Does it; makes the synthetic client where there is none.
	 * @param receiver the receiver's address
	 * @param keepSecret keeps a new endpoint's secret where the receiver reads it
	 * @return the client
	 */
	public Synthetic run(String receiver, BiConsumer<String, String> keepSecret) {
		Synthetic synthetic = Synthetic.ensure(this.caller, this.api, receiver, keepSecret);
		Services services = new Services("notices", this.api,
				Map.of("clients", this.api, "delivery", this.api, "sla", this.api));
		new Checks(this.caller, services).deep(synthetic, "smoke-" + UUID.randomUUID()).values().forEach(Runnable::run);
		return synthetic;
	}

}
