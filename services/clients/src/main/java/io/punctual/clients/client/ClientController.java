package io.punctual.clients.client;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

import io.punctual.clients.support.Changes;
import io.punctual.clients.support.Keyset;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ProviderRead;
import io.punctual.shared.security.ProviderReadOrClient;
import io.punctual.shared.security.ProviderWrite;
import io.punctual.shared.transaction.Transactions;
import io.punctual.shared.web.ETags;
import io.punctual.shared.web.Page;
import io.punctual.shared.web.PagedResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /v1/clients}.
 */
@RestController
@RequestMapping("/v1/clients")
class ClientController {

	private final Clients clients;

	private final Transactions transactions;

	private final Changes changes;

	ClientController(Clients clients, Transactions transactions, Changes changes) {
		this.clients = clients;
		this.transactions = transactions;
		this.changes = changes;
	}

	@PostMapping
	@ProviderWrite
	ResponseEntity<ClientView> create(@Valid @RequestBody Form form) {
		return created(this.transactions
			.write(() -> this.clients.create(form.externalId(), form.name(), Boolean.TRUE.equals(form.synthetic()))));
	}

	@GetMapping
	@ProviderRead
	ResponseEntity<Page<ClientView>> list(@RequestParam(required = false) @Nullable ClientState state,
			@RequestParam(required = false) @Nullable Integer limit,
			@RequestParam(required = false) @Nullable String cursor, HttpServletRequest request) {
		ClientState wanted = Objects.requireNonNullElse(state, ClientState.ACTIVE);
		return PagedResponse.of(Keyset.page("clients " + wanted, limit, cursor,
				(after, size) -> this.clients.page(wanted, after, size), Client::view, ClientView::id), request);
	}

	@GetMapping("/{clientId}")
	@ProviderReadOrClient
	ResponseEntity<ClientView> get(@PathVariable String clientId, Caller caller) {
		return answer(this.clients.visible(clientId, caller));
	}

	@PatchMapping("/{clientId}")
	@ProviderWrite
	ResponseEntity<ClientView> change(@PathVariable String clientId,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@Valid @RequestBody Change change) {
		return answer(this.transactions.write(() -> {
			Client client = this.clients.lock(clientId);
			ETags.requireMatch(ifMatch, client.version());
			if (change.name() != null) {
				client.rename(change.name());
			}
			if (change.state() != null) {
				client.enter(change.state());
			}
			client.touch(this.changes.now());
			return this.clients.published(client);
		}));
	}

	@PutMapping("/by-external-id/{externalId}")
	@ProviderWrite
	ResponseEntity<ClientView> upsert(@PathVariable @Pattern(regexp = ExternalId.PATTERN) String externalId,
			@Valid @RequestBody UpsertForm form) {
		return this.transactions.write(() -> {
			Optional<Client> known = this.clients.byExternalId(externalId);
			if (known.isEmpty()) {
				return created(this.clients.create(externalId, form.name(), Boolean.TRUE.equals(form.synthetic())));
			}
			Client client = this.clients.lock(known.get().id());
			if (client.isActive() && client.name().equals(form.name())) {
				return answer(client);
			}
			client.rename(form.name());
			client.enter(ClientState.ACTIVE);
			client.touch(this.changes.now());
			return answer(this.clients.published(client));
		});
	}

	private static ResponseEntity<ClientView> created(Client client) {
		return ResponseEntity.created(URI.create("/v1/clients/" + client.id()))
			.eTag(ETags.of(client.version()))
			.body(client.view());
	}

	private static ResponseEntity<ClientView> answer(Client client) {
		return ResponseEntity.ok().eTag(ETags.of(client.version())).body(client.view());
	}

	record Form(@NotNull @Pattern(regexp = ExternalId.PATTERN) String externalId,
			@NotBlank @Size(max = 200) String name, @Nullable Boolean synthetic) {
	}

	record UpsertForm(@NotBlank @Size(max = 200) String name, @Nullable Boolean synthetic) {
	}

	record Change(@Nullable @Size(min = 1, max = 200) String name, @Nullable ClientState state) {
	}

}
