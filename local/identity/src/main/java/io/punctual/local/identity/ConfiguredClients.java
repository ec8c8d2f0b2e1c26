package io.punctual.local.identity;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Makes the clients that the configuration names, before the first request counts as
 * ready.
 */
@Component
class ConfiguredClients implements ApplicationRunner {

	private final IdentityProperties properties;

	private final MachineClients clients;

	ConfiguredClients(IdentityProperties properties, MachineClients clients) {
		this.properties = properties;
		this.clients = clients;
	}

	@Override
	public void run(ApplicationArguments args) {
		this.properties.bootstrap()
			.values()
			.forEach((client) -> this.clients.put(client.clientId(), client.clientSecret(), client.scopes()));
		this.clients.putStaff(this.properties.staff().redirectUris());
	}

	boolean contains(String clientId) {
		return this.properties.bootstrap().values().stream().anyMatch((client) -> client.clientId().equals(clientId));
	}

}
