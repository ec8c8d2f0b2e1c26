package io.punctual.local.identity;

import java.util.Set;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Makes and deletes machine clients, for the service that gives clients their
 * credentials.
 */
@RestController
@RequestMapping("/admin/clients")
class AdminController {

	private final MachineClients clients;

	private final ConfiguredClients configured;

	AdminController(MachineClients clients, ConfiguredClients configured) {
		this.clients = clients;
		this.configured = configured;
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	MachineClients.Issued create(@Valid @RequestBody NewClient client) {
		if (!Scopes.GRANTABLE.containsAll(client.scopes())) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "A client can be given " + Scopes.GRANTABLE);
		}
		return this.clients.issue(client.name(), client.scopes());
	}

	@DeleteMapping("/{clientId}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable String clientId) {
		if (this.configured.contains(clientId)) {
			throw new ResponseStatusException(HttpStatus.CONFLICT, "This client is the configuration's");
		}
		this.clients.delete(clientId);
	}

	/**
	 * A machine client to be made.
	 *
	 * @param name what a person calls it
	 * @param scopes what its tokens may carry
	 */
	record NewClient(@NotBlank @Size(max = 200) String name, @NotEmpty Set<String> scopes) {
	}

}
