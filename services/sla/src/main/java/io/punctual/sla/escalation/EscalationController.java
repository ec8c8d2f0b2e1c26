package io.punctual.sla.escalation;

import java.util.List;

import io.punctual.shared.audit.Audit;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ProviderRead;
import io.punctual.shared.security.ProviderWrite;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.transaction.Transactions;
import io.punctual.shared.web.Cursors;
import io.punctual.shared.web.ETags;
import io.punctual.shared.web.Page;
import io.punctual.shared.web.PagedResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows escalations and takes note of who looks at them.
 */
@RestController
class EscalationController {

	private final Escalations escalations;

	private final ClientNames clients;

	private final Transactions transactions;

	private final DatabaseClock database;

	EscalationController(Escalations escalations, ClientNames clients, Transactions transactions,
			DatabaseClock database) {
		this.escalations = escalations;
		this.clients = clients;
		this.transactions = transactions;
		this.database = database;
	}

	@GetMapping("/v1/escalations")
	@ProviderRead
	ResponseEntity<Page<Escalation>> list(HttpServletRequest request,
			@RequestParam(required = false) @Nullable String client,
			@RequestParam(required = false) @Nullable String notice,
			@RequestParam(required = false) @Nullable Objective objective,
			@RequestParam(required = false) @Nullable EscalationState state,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Integer limit) {
		return PagedResponse.of(this.escalations.page(new Escalations.Filter(client, notice, objective, state), cursor,
				Cursors.limit(limit)), request);
	}

	@GetMapping("/v1/escalations/{escalationId}")
	@ProviderRead
	ResponseEntity<Escalation> get(@PathVariable String escalationId) {
		return answer(this.escalations.require(escalationId));
	}

	@PostMapping("/v1/escalations/{escalationId}/acknowledge")
	@ProviderWrite
	ResponseEntity<Escalation> acknowledge(Caller caller, @PathVariable String escalationId,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestBody(required = false) @Valid @Nullable Note note) {
		return move(caller, escalationId, ifMatch, EscalationState.ACKNOWLEDGED, (note != null) ? note.note() : null);
	}

	@PostMapping("/v1/escalations/{escalationId}/resolve")
	@ProviderWrite
	ResponseEntity<Escalation> resolve(Caller caller, @PathVariable String escalationId,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestBody @Valid Explanation explanation) {
		return move(caller, escalationId, ifMatch, EscalationState.RESOLVED, explanation.note());
	}

	private ResponseEntity<Escalation> move(Caller caller, String escalationId, @Nullable String ifMatch,
			EscalationState next, @Nullable String note) {
		return answer(this.transactions.write(() -> {
			Escalation escalation = this.escalations.lock(escalationId);
			ETags.checkMatch(ifMatch, escalation.version());
			escalation.state().requireMayBecome(next);
			Audit.about(escalation.clockId());
			Audit.about(escalation.clientId());
			this.escalations.move(List.of(escalation), next,
					new Escalation.Step(this.database.now(), caller.subject(), note),
					this.clients.of(List.of(escalation.clientId())));
			return this.escalations.require(escalationId);
		}));
	}

	private static ResponseEntity<Escalation> answer(Escalation escalation) {
		return ResponseEntity.ok().eTag(ETags.of(escalation.version())).body(escalation);
	}

	/**
	 * What is said to an escalation that somebody looks at.
	 */
	record Note(@Nullable @Size(max = 1000) String note) {
	}

	/**
	 * How it was brought to its end.
	 */
	record Explanation(@NotBlank @Size(max = 1000) String note) {
	}

}
