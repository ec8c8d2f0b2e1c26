package io.punctual.clients.credential;

import java.time.Instant;

import io.punctual.clients.client.Clients;
import io.punctual.clients.support.Keyset;
import io.punctual.shared.contract.CredentialUpserted;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ProviderReadOrClient;
import io.punctual.shared.security.ProviderWrite;
import io.punctual.shared.web.Page;
import io.punctual.shared.web.PagedResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /v1/clients/{clientId}/credentials}.
 */
@RestController
@RequestMapping("/v1/clients/{clientId}/credentials")
class CredentialController {

	private final Credentials credentials;

	private final Clients clients;

	CredentialController(Credentials credentials, Clients clients) {
		this.credentials = credentials;
		this.clients = clients;
	}

	@PostMapping
	@ProviderWrite
	ResponseEntity<View> create(@PathVariable String clientId, @Valid @RequestBody Form form) {
		Credentials.WithSecret created = this.credentials.create(clientId, form.name());
		return ResponseEntity.status(HttpStatus.CREATED).body(created.credential().view(created.issued()));
	}

	@GetMapping
	@ProviderReadOrClient
	ResponseEntity<Page<View>> list(@PathVariable String clientId,
			@RequestParam(required = false) @Nullable Integer limit,
			@RequestParam(required = false) @Nullable String cursor, Caller caller, HttpServletRequest request) {
		this.clients.visible(clientId, caller);
		return PagedResponse.of(Keyset.page("credentials " + clientId, limit, cursor,
				(after, size) -> this.credentials.page(clientId, after, size), (credential) -> credential.view(null),
				View::id), request);
	}

	@DeleteMapping("/{credentialId}")
	@ProviderWrite
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void revoke(@PathVariable String clientId, @PathVariable String credentialId) {
		this.credentials.revoke(clientId, credentialId);
	}

	record Form(@NotBlank @Size(max = 200) String name) {
	}

	record View(String id, String clientId, String name, String oauthClientId, @Nullable String clientSecret,
			@Nullable String apiKeyId, @Nullable String apiKey, CredentialUpserted.State state, Instant createdAt,
			@Nullable Instant revokedAt) {
	}

}
