package io.punctual.clients.client;

import java.time.Duration;
import java.time.Instant;

import io.punctual.clients.component.Components;
import io.punctual.clients.support.Changes;
import io.punctual.shared.contract.EntitlementGranted;
import io.punctual.shared.contract.EntitlementRevoked;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ProviderReadOrClient;
import io.punctual.shared.security.ProviderWrite;
import io.punctual.shared.transaction.Transactions;
import io.punctual.shared.web.Page;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /v1/clients/{clientId}/components}: what a client uses.
 */
@RestController
@RequestMapping("/v1/clients/{clientId}/components")
class EntitlementController {

	/** How far back an entitlement may be said to begin. */
	private static final Duration FURTHEST_BACK = Duration.ofDays(35);

	private final Entitlements entitlements;

	private final Components components;

	private final Clients clients;

	private final Transactions transactions;

	private final Changes changes;

	EntitlementController(Entitlements entitlements, Components components, Clients clients, Transactions transactions,
			Changes changes) {
		this.entitlements = entitlements;
		this.components = components;
		this.clients = clients;
		this.transactions = transactions;
		this.changes = changes;
	}

	@GetMapping
	@ProviderReadOrClient
	Page<Entitlements.Entitlement> list(@PathVariable String clientId, Caller caller) {
		this.clients.visible(clientId, caller);
		return new Page<>(this.entitlements.of(clientId), null);
	}

	@PutMapping("/{componentId}")
	@ProviderWrite
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void grant(@PathVariable String clientId, @PathVariable String componentId,
			@Valid @RequestBody(required = false) @Nullable Form form) {
		this.transactions.write(() -> {
			Instant now = this.changes.now();
			Client client = this.clients.changed(clientId, null, now);
			if (!this.components.existsById(componentId)) {
				throw ProblemException.notFound(componentId);
			}
			Instant effectiveAt = (form != null && form.effectiveAt() != null) ? form.effectiveAt() : now;
			if (effectiveAt.isAfter(now) || effectiveAt.isBefore(now.minus(FURTHEST_BACK))) {
				throw ProblemException.invalid("/effectiveAt", "must be within the last 35 days");
			}
			if (this.entitlements.grant(clientId, componentId, effectiveAt)) {
				this.clients.saved(client);
				this.changes.publish(EntitlementGranted.TYPE, clientId, now,
						new EntitlementGranted(clientId, componentId, effectiveAt));
			}
		});
	}

	@DeleteMapping("/{componentId}")
	@ProviderWrite
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void revoke(@PathVariable String clientId, @PathVariable String componentId) {
		this.transactions.write(() -> {
			Instant now = this.changes.now();
			Client client = this.clients.changed(clientId, null, now);
			if (this.entitlements.revoke(clientId, componentId)) {
				this.clients.saved(client);
				this.changes.publish(EntitlementRevoked.TYPE, clientId, now,
						new EntitlementRevoked(clientId, componentId, now));
			}
		});
	}

	record Form(@Nullable Instant effectiveAt) {
	}

}
