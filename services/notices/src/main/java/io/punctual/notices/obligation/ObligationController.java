package io.punctual.notices.obligation;

import java.util.List;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ProviderReadOrClient;
import io.punctual.shared.web.Cursors;
import io.punctual.shared.web.Page;
import io.punctual.shared.web.PagedResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers who is owed a notice by when, and who has it. A client sees its own obligations
 * only.
 */
@RestController
class ObligationController {

	private final Obligations obligations;

	private final JdbcClient jdbc;

	ObligationController(Obligations obligations, JdbcClient jdbc) {
		this.obligations = obligations;
		this.jdbc = jdbc;
	}

	@GetMapping("/v1/notices/{noticeId}/obligations")
	@ProviderReadOrClient
	ResponseEntity<Page<ObligationView>> list(@PathVariable String noticeId,
			@RequestParam(required = false) @Nullable String update,
			@RequestParam(required = false) @Nullable String client,
			@RequestParam(required = false) ObligationView.@Nullable State state,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Integer limit, Caller caller, HttpServletRequest request) {
		requireVisible(noticeId, caller);
		Obligations.Filter filter = new Obligations.Filter(noticeId, update,
				(caller.isProvider()) ? client : caller.requireClientId(), state);
		int size = Cursors.limit(limit);
		String after = Cursors.decode(cursor, filter, List::getFirst);
		List<ObligationView> found = this.obligations.find(filter, after, size + 1);
		return PagedResponse.of(Page.of(found, size, (last) -> Cursors.encode(filter, last.obligationId())), request);
	}

	private void requireVisible(String noticeId, Caller caller) {
		boolean visible = (caller.isProvider())
				? this.jdbc.sql("SELECT EXISTS (SELECT 1 FROM notice WHERE notice_id = ?)")
					.param(noticeId)
					.query(Boolean.class)
					.single()
				: this.obligations.exists(noticeId, caller.requireClientId());
		if (!visible) {
			throw ProblemException.notFound(noticeId);
		}
	}

}
