package io.punctual.sla.audit;

import java.time.Instant;
import java.util.List;

import io.punctual.shared.contract.AuditRecorded.Actor;
import io.punctual.shared.contract.AuditRecorded.Outcome;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.security.ProviderRead;
import io.punctual.shared.web.Cursors;
import io.punctual.shared.web.Page;
import io.punctual.shared.web.PagedResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /v1/audit}.
 */
@RestController
class AuditController {

	/** A bulk change is about thousands; the first of them are shown. */
	private static final int MOST_ABOUT = 100;

	private final AuditSearch search;

	AuditController(AuditSearch search) {
		this.search = search;
	}

	@GetMapping("/v1/audit")
	@ProviderRead
	ResponseEntity<Page<View>> list(HttpServletRequest request, @RequestParam(required = false) @Nullable String actor,
			@RequestParam(required = false) @Nullable String client,
			@RequestParam(required = false) @Nullable String subject,
			@RequestParam(required = false) @Nullable String action,
			@RequestParam(required = false) @Nullable Outcome outcome,
			@RequestParam(required = false) @Nullable Instant from,
			@RequestParam(required = false) @Nullable Instant to,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Integer limit) {
		if (from != null && to != null && !from.isBefore(to)) {
			throw ProblemException.invalid("to", "must be after from");
		}
		Page<AuditEntry> page = this.search.page(
				new AuditSearch.Filter(actor, client, subject, action, outcome, from, to), cursor,
				Cursors.limit(limit));
		return PagedResponse.of(page.map(View::of), request);
	}

	record View(String auditId, Instant at, String service, Actor actor, String action, Outcome outcome,
			List<String> about, int aboutCount, String correlationId, long number, String previousHash, String hash) {

		private static View of(AuditEntry entry) {
			List<String> about = entry.about();
			return new View(entry.auditId(), entry.at(), entry.source(), entry.actor(), entry.action(), entry.outcome(),
					about.subList(0, Math.min(about.size(), MOST_ABOUT)), about.size(), entry.correlationId(),
					entry.number(), entry.previousHash(), entry.hash());
		}

	}

}
