package io.punctual.notices.notice;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import io.punctual.notices.obligation.Obligations;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.idempotency.Idempotent;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ProviderReadOrClient;
import io.punctual.shared.security.ProviderWrite;
import io.punctual.shared.transaction.Transactions;
import io.punctual.shared.web.Cursors;
import io.punctual.shared.web.ETags;
import io.punctual.shared.web.Page;
import io.punctual.shared.web.PagedResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Notices over HTTP. A client sees those that it was owed an update of.
 */
@RestController
@RequestMapping("/v1/notices")
class NoticeController {

	private final NoticeService service;

	private final Notices notices;

	private final NoticeSearch search;

	private final Updates updates;

	private final Obligations obligations;

	private final Transactions transactions;

	NoticeController(NoticeService service, Notices notices, NoticeSearch search, Updates updates,
			Obligations obligations, Transactions transactions) {
		this.service = service;
		this.notices = notices;
		this.search = search;
		this.updates = updates;
		this.obligations = obligations;
		this.transactions = transactions;
	}

	@PostMapping
	@ProviderWrite
	@Idempotent
	ResponseEntity<NoticeView> create(@Valid @RequestBody Draft draft, Caller caller) {
		NoticeService.Result result = this.service.create(draft, caller.subject());
		return ResponseEntity.created(URI.create("/v1/notices/" + result.view().noticeId()))
			.eTag(result.etag())
			.body(result.view());
	}

	@GetMapping
	@ProviderReadOrClient
	ResponseEntity<Page<NoticeView>> list(@RequestParam(required = false) @Nullable NoticeKind kind,
			@RequestParam(required = false) @Nullable NoticeState state,
			@RequestParam(required = false) @Nullable String component,
			@RequestParam(required = false) @Nullable String client,
			@RequestParam(required = false) @Nullable Instant updatedAfter,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Integer limit, Caller caller, HttpServletRequest request) {
		NoticeSearch.Filter filter = new NoticeSearch.Filter(kind, state, component,
				(caller.isProvider()) ? client : caller.requireClientId(), updatedAfter);
		int size = Cursors.limit(limit);
		String before = Cursors.decode(cursor, filter, List::getFirst);
		List<NoticeView> found = this.transactions.read(() -> this.search.find(filter, before, size + 1)
			.stream()
			.map((notice) -> NoticeView.withoutAdvisory(notice, null))
			.toList());
		return PagedResponse.of(Page.of(found, size, (last) -> Cursors.encode(filter, last.noticeId())), request);
	}

	@GetMapping("/{noticeId}")
	@ProviderReadOrClient
	ResponseEntity<NoticeView> get(@PathVariable String noticeId, Caller caller) {
		String clientId = (caller.isProvider()) ? null : caller.requireClientId();
		return this.transactions.read(() -> {
			Notice notice = this.notices.findById(noticeId).orElseThrow(() -> ProblemException.notFound(noticeId));
			if (clientId != null && !this.obligations.exists(noticeId, clientId)) {
				throw ProblemException.notFound(noticeId);
			}
			Update latest = this.updates.latest(noticeId, clientId).orElse(null);
			return ResponseEntity.ok()
				.eTag(ETags.of(notice.version()))
				.body((clientId != null) ? NoticeView.withoutAdvisory(notice, latest) : NoticeView.of(notice, latest));
		});
	}

	@PatchMapping("/{noticeId}")
	@ProviderWrite
	ResponseEntity<NoticeView> edit(@PathVariable String noticeId,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@Valid @RequestBody DraftChange change) {
		NoticeService.Result result = this.service.edit(noticeId, ifMatch, change);
		return ResponseEntity.ok().eTag(result.etag()).body(result.view());
	}

	@PostMapping("/{noticeId}/cancel")
	@ProviderWrite
	ResponseEntity<NoticeView> cancel(@PathVariable String noticeId,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@Valid @RequestBody(required = false) @Nullable Cancellation cancellation, Caller caller) {
		NoticeService.Result result = this.service.cancel(noticeId, ifMatch,
				(cancellation != null) ? cancellation.text() : null, caller.subject());
		return ResponseEntity.ok().eTag(result.etag()).body(result.view());
	}

}
