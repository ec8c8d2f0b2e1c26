package io.punctual.delivery.acknowledgement;

import io.punctual.delivery.acknowledgement.Acknowledgements.Acknowledgement;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ProviderWriteOrClient;
import io.punctual.shared.transaction.Transactions;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Somebody of the client takes note of an update; the first one counts.
 */
@RestController
class AcknowledgementController {

	private final Acknowledgements acknowledgements;

	private final Transactions transactions;

	AcknowledgementController(Acknowledgements acknowledgements, Transactions transactions) {
		this.acknowledgements = acknowledgements;
		this.transactions = transactions;
	}

	@PostMapping("/v1/obligations/{obligationId}/acknowledge")
	@ProviderWriteOrClient
	Acknowledgement acknowledge(@PathVariable String obligationId,
			@RequestBody(required = false) @Valid @Nullable Request request, Caller caller) {
		String person = (request != null) ? request.person() : null;
		if (!caller.isClient() && (person == null || person.isBlank())) {
			throw ProblemException.invalid("/person", "must name the person of the client");
		}
		String by = (person != null && !person.isBlank()) ? person.strip() : caller.subject();
		return this.transactions.write(() -> this.acknowledgements.acknowledge(obligationId,
				caller.isClient() ? caller.clientId() : null, by, caller.isClient() ? "API" : "PROVIDER"));
	}

	/**
	 * Who takes note; the provider has to name the person.
	 */
	record Request(@Nullable @Size(min = 1, max = 200) String person) {
	}

}
