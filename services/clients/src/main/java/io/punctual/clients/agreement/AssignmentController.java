package io.punctual.clients.agreement;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import io.punctual.clients.client.Client;
import io.punctual.clients.client.Clients;
import io.punctual.clients.support.Changes;
import io.punctual.shared.contract.AgreementAssigned;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ProviderReadOrClient;
import io.punctual.shared.security.ProviderWrite;
import io.punctual.shared.transaction.Transactions;
import io.punctual.shared.web.ETags;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /v1/clients/{clientId}/agreement}: one version is in force for a client at any
 * instant.
 */
@RestController
@RequestMapping("/v1/clients/{clientId}/agreement")
class AssignmentController {

	private static final Duration FURTHEST = Duration.ofDays(365);

	private final Agreements agreements;

	private final Clients clients;

	private final Transactions transactions;

	private final Changes changes;

	AssignmentController(Agreements agreements, Clients clients, Transactions transactions, Changes changes) {
		this.agreements = agreements;
		this.clients = clients;
		this.transactions = transactions;
		this.changes = changes;
	}

	@GetMapping
	@ProviderReadOrClient
	ResponseEntity<View> get(@PathVariable String clientId, Caller caller) {
		Client client = this.clients.visible(clientId, caller);
		Agreements.Assignment assignment = this.agreements.inForce(clientId, this.changes.now())
			.orElseThrow(() -> ProblemException.of(ProblemType.NOT_FOUND, "No agreement is in force."));
		return answer(client, assignment);
	}

	@PutMapping
	@ProviderWrite
	ResponseEntity<View> assign(@PathVariable String clientId,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@Valid @RequestBody Form form) {
		return this.transactions.write(() -> {
			Instant now = this.changes.now();
			Client client = this.clients.changed(clientId, ifMatch, now);
			AgreementTerms terms = this.agreements.terms(form.agreementId(), form.version())
				.orElseThrow(() -> ProblemException.invalid("/agreementId", "there is no such version"));
			Instant effectiveAt = Objects.requireNonNullElse(form.effectiveAt(), now);
			if (effectiveAt.isBefore(now)) {
				throw ProblemException.invalid("/effectiveAt", "must not be in the past");
			}
			if (effectiveAt.isAfter(now.plus(FURTHEST))) {
				throw ProblemException.invalid("/effectiveAt", "must be within a year");
			}
			this.agreements.assign(clientId, terms, effectiveAt);
			this.changes.publish(AgreementAssigned.TYPE, clientId, now,
					new AgreementAssigned(clientId, terms, effectiveAt));
			return answer(this.clients.saved(client), new Agreements.Assignment(clientId, terms, effectiveAt));
		});
	}

	private static ResponseEntity<View> answer(Client client, Agreements.Assignment assignment) {
		return ResponseEntity.ok()
			.eTag(ETags.of(client.version()))
			.body(new View(assignment.clientId(), assignment.terms(), assignment.effectiveAt()));
	}

	record Form(@NotBlank String agreementId, @Nullable @Min(1) Integer version, @Nullable Instant effectiveAt) {
	}

	record View(String clientId, AgreementTerms agreement, Instant effectiveAt) {
	}

}
