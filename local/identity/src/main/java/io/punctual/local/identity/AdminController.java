package io.punctual.local.identity;

import java.util.List;
import java.util.Set;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Makes and deletes machine clients and their API keys, for the service that gives
 * clients their credentials; lists the keys, for the edge.
 */
@RestController
@RequestMapping("/admin")
class AdminController {

	private final MachineClients clients;

	private final ConfiguredClients configured;

	private final ApiKeys keys;

	AdminController(MachineClients clients, ConfiguredClients configured, ApiKeys keys) {
		this.keys = keys;
		this.clients = clients;
		this.configured = configured;
	}

	@PostMapping("/clients")
	@ResponseStatus(HttpStatus.CREATED)
	MachineClients.Issued create(@Valid @RequestBody NewClient client) {
		if (!Scopes.GRANTABLE.containsAll(client.scopes())) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "A client can be given " + Scopes.GRANTABLE);
		}
		return this.clients.issue(client.name(), client.scopes(), client.usagePlan());
	}

	@DeleteMapping("/clients/{clientId}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable String clientId) {
		if (this.configured.contains(clientId)) {
			throw new ResponseStatusException(HttpStatus.CONFLICT, "This client is the configuration's");
		}
		this.clients.delete(clientId);
	}

	@GetMapping("/api-keys")
	List<ApiKeys.ApiKey> keys() {
		return this.keys.all();
	}

	/**
	 * A machine client to be made.
	 *
	 * @param name what a person calls it
	 * @param scopes what its tokens may carry
	 * @param usagePlan the usage plan of an API key that is made with it; none without
	 */
	record NewClient(@NotBlank @Size(max = 200) String name, @NotEmpty Set<String> scopes,
			@Nullable @Size(min = 1, max = 100) String usagePlan) {
	}

}
