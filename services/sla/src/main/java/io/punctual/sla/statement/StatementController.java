package io.punctual.sla.statement;

import java.net.URI;
import java.time.YearMonth;
import java.util.List;

import io.punctual.shared.idempotency.Idempotent;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ProviderReadOrClient;
import io.punctual.shared.security.ProviderWrite;
import io.punctual.shared.web.Cursors;
import io.punctual.shared.web.Page;
import io.punctual.shared.web.PagedResponse;
import io.punctual.sla.statement.SigningKeys.PublicKeyView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Closes statements on demand, and shows them with the keys that verify them.
 */
@RestController
class StatementController {

	private final Statements statements;

	private final StatedClients clients;

	private final Closing closing;

	private final Completeness completeness;

	private final SigningKeys keys;

	StatementController(Statements statements, StatedClients clients, Closing closing, Completeness completeness,
			SigningKeys keys) {
		this.statements = statements;
		this.clients = clients;
		this.closing = closing;
		this.completeness = completeness;
		this.keys = keys;
	}

	@PostMapping("/v1/clients/{clientId}/statements")
	@ProviderWrite
	@Idempotent
	ResponseEntity<StatementView> close(@PathVariable String clientId, @Valid @RequestBody Wanted wanted) {
		YearMonth period = Periods.parse(wanted.period());
		StatedClients.Kind client = this.clients.find(clientId).orElseThrow(() -> ProblemException.notFound(clientId));
		if (client.synthetic()) {
			throw ProblemException.of(ProblemType.CONFLICT, "Nothing is stated for a synthetic client.");
		}
		Signed former = this.statements.ofPeriod(clientId, period.toString()).orElse(null);
		if (former != null) {
			return ResponseEntity.ok(StatementView.of(former));
		}
		List<String> waitsFor = this.closing.waitsFor(clientId, period, this.completeness.logs());
		if (waitsFor.isEmpty()) {
			waitsFor = this.closing.close(clientId, period);
		}
		if (!waitsFor.isEmpty()) {
			throw ProblemException.of(ProblemType.PERIOD_OPEN, "The period cannot be closed yet.")
				.with("waitsFor", waitsFor);
		}
		Signed made = this.statements.ofPeriod(clientId, period.toString())
			.orElseThrow(
					() -> ProblemException.invalid("/period", "is no month in which the client was promised anything"));
		return ResponseEntity.created(URI.create("/v1/statements/" + made.statementId()))
			.eTag(etag(made))
			.body(StatementView.of(made));
	}

	@GetMapping("/v1/clients/{clientId}/statements")
	@ProviderReadOrClient
	ResponseEntity<Page<StatementView>> list(Caller caller, HttpServletRequest request, @PathVariable String clientId,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Integer limit) {
		if (!maySee(caller, clientId) || this.clients.find(clientId).isEmpty()) {
			throw ProblemException.notFound(clientId);
		}
		Page<Signed> page = this.statements.page(clientId, cursor, Cursors.limit(limit));
		return PagedResponse.of(page.map(StatementView::of), request);
	}

	@GetMapping("/v1/statements/{statementId}")
	@ProviderReadOrClient
	ResponseEntity<SignedStatement> get(Caller caller, @PathVariable String statementId) {
		Signed statement = this.statements.find(statementId)
			.filter((found) -> maySee(caller, found.clientId()))
			.orElseThrow(() -> ProblemException.notFound(statementId));
		return ResponseEntity.ok().eTag(etag(statement)).body(SignedStatement.of(statement));
	}

	@GetMapping("/v1/statement-keys")
	@ProviderReadOrClient
	Page<PublicKeyView> keys() {
		return new Page<>(this.keys.all(), null);
	}

	private static boolean maySee(Caller caller, String clientId) {
		return caller.isProvider() || clientId.equals(caller.clientId());
	}

	private static String etag(Signed statement) {
		return "\"h" + statement.hash().substring(0, 16) + '"';
	}

	/**
	 * Which month to close.
	 */
	record Wanted(@NotNull String period) {
	}

}
