package io.punctual.clients.agreement;

import java.net.URI;
import java.time.Instant;

import io.punctual.clients.calendar.CalendarVersion;
import io.punctual.clients.calendar.Calendars;
import io.punctual.clients.support.Keyset;
import io.punctual.shared.audit.Audit;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.id.Ids;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.security.ProviderRead;
import io.punctual.shared.security.ProviderWrite;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.transaction.Transactions;
import io.punctual.shared.web.ETags;
import io.punctual.shared.web.Page;
import io.punctual.shared.web.PagedResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /v1/agreements}: what is promised. A version never changes.
 */
@RestController
@RequestMapping("/v1/agreements")
class AgreementController {

	private final Agreements agreements;

	private final Calendars calendars;

	private final Transactions transactions;

	private final DatabaseClock clock;

	AgreementController(Agreements agreements, Calendars calendars, Transactions transactions, DatabaseClock clock) {
		this.agreements = agreements;
		this.calendars = calendars;
		this.transactions = transactions;
		this.clock = clock;
	}

	@PostMapping
	@ProviderWrite
	ResponseEntity<AgreementTerms> create(@Valid @RequestBody Form form) {
		AgreementTerms terms = this.transactions.write(() -> {
			AgreementTerms first = form.terms()
				.toTerms("/terms", Ids.next("agr"), 1, form.name(), calendar("/terms", form.terms().calendarId()));
			this.agreements.insert(first, this.clock.now());
			Audit.about(first.agreementId());
			return first;
		});
		return created(terms);
	}

	@GetMapping
	@ProviderRead
	ResponseEntity<Page<Summary>> list(@RequestParam(required = false) @Nullable Integer limit,
			@RequestParam(required = false) @Nullable String cursor, HttpServletRequest request) {
		return PagedResponse.of(Keyset.page("agreements", limit, cursor, this.agreements::page,
				(agreement) -> new Summary(agreement.id(), agreement.name(), agreement.latest(), agreement.createdAt()),
				Summary::id), request);
	}

	@GetMapping("/{agreementId}")
	@ProviderRead
	ResponseEntity<AgreementTerms> latest(@PathVariable String agreementId) {
		return answer(terms(agreementId, null));
	}

	@PostMapping("/{agreementId}/versions")
	@ProviderWrite
	ResponseEntity<AgreementTerms> addVersion(@PathVariable String agreementId,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@Valid @RequestBody TermsForm form) {
		return created(this.transactions.write(() -> {
			AgreementTerms former = terms(agreementId, null);
			// Two who have read the same version come one after the other from here on.
			int version = this.agreements.nextVersion(agreementId);
			ETags.checkMatch(ifMatch, version - 1);
			AgreementTerms next = form.toTerms("", agreementId, version, former.name(),
					calendar("", form.calendarId()));
			this.agreements.insertVersion(next, this.clock.now());
			return next;
		}));
	}

	@GetMapping("/{agreementId}/versions/{version}")
	@ProviderRead
	ResponseEntity<AgreementTerms> version(@PathVariable String agreementId, @PathVariable int version) {
		return answer(terms(agreementId, version));
	}

	private AgreementTerms terms(String id, @Nullable Integer version) {
		return this.agreements.terms(id, version)
			.orElseThrow(() -> ProblemException.notFound((version != null) ? id + "/versions/" + version : id));
	}

	private CalendarVersion calendar(String pointer, String id) {
		return this.calendars.version(id, null)
			.orElseThrow(() -> ProblemException.invalid(pointer + "/calendarId", "there is no such calendar"));
	}

	private static ResponseEntity<AgreementTerms> created(AgreementTerms terms) {
		return ResponseEntity
			.created(URI.create("/v1/agreements/" + terms.agreementId() + "/versions/" + terms.version()))
			.eTag(ETags.of(terms.version()))
			.body(terms);
	}

	private static ResponseEntity<AgreementTerms> answer(AgreementTerms terms) {
		return ResponseEntity.ok().eTag(ETags.of(terms.version())).body(terms);
	}

	record Form(@NotBlank @Size(max = 200) String name, @NotNull @Valid TermsForm terms) {
	}

	record Summary(String id, String name, int version, Instant createdAt) {
	}

}
