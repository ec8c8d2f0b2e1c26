package io.punctual.notices.notice;

import java.util.List;

import io.punctual.notices.obligation.Obligations;
import io.punctual.shared.idempotency.Idempotent;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ProviderReadOrClient;
import io.punctual.shared.security.ProviderWrite;
import io.punctual.shared.web.Cursors;
import io.punctual.shared.web.Page;
import io.punctual.shared.web.PagedResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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
 * What is said in a notice, over HTTP.
 */
@RestController
@RequestMapping("/v1/notices/{noticeId}/updates")
class UpdateController {

	private final NoticeService service;

	private final Notices notices;

	private final Updates updates;

	private final Obligations obligations;

	UpdateController(NoticeService service, Notices notices, Updates updates, Obligations obligations) {
		this.service = service;
		this.notices = notices;
		this.updates = updates;
		this.obligations = obligations;
	}

	@PostMapping
	@ProviderWrite
	@Idempotent(grouped = true)
	ResponseEntity<Update> publish(@PathVariable String noticeId,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@Valid @RequestBody Said said, Caller caller) {
		NoticeService.Result result = this.service.say(noticeId, ifMatch, said, caller.subject());
		return ResponseEntity.status(HttpStatus.CREATED).eTag(result.etag()).body(result.update());
	}

	@GetMapping
	@ProviderReadOrClient
	ResponseEntity<Page<Update>> list(@PathVariable String noticeId,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Integer limit, Caller caller, HttpServletRequest request) {
		String clientId = (caller.isProvider()) ? null : caller.requireClientId();
		boolean visible = (clientId != null) ? this.obligations.exists(noticeId, clientId)
				: this.notices.existsById(noticeId);
		if (!visible) {
			throw ProblemException.notFound(noticeId);
		}
		List<String> filter = List.of(noticeId, (clientId != null) ? clientId : "");
		int size = Cursors.limit(limit);
		Integer after = Cursors.decode(cursor, filter, (keys) -> Integer.valueOf(keys.getFirst()));
		List<Update> found = this.updates.find(noticeId, clientId, (after != null) ? after : 0, size + 1);
		return PagedResponse.of(Page.of(found, size, (last) -> Cursors.encode(filter, String.valueOf(last.seq()))),
				request);
	}

}
