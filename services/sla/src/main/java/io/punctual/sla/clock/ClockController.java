package io.punctual.sla.clock;

import java.time.Instant;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ProviderReadOrClient;
import io.punctual.shared.web.Cursors;
import io.punctual.shared.web.ETags;
import io.punctual.shared.web.Page;
import io.punctual.shared.web.PagedResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows clocks.
 */
@RestController
class ClockController {

	private final ClockSearch search;

	private final Holds holds;

	ClockController(ClockSearch search, Holds holds) {
		this.search = search;
		this.holds = holds;
	}

	@GetMapping("/v1/clocks")
	@ProviderReadOrClient
	ResponseEntity<Page<ClockView>> list(Caller caller, HttpServletRequest request,
			@RequestParam(required = false) @Nullable String client,
			@RequestParam(required = false) @Nullable Objective objective,
			@RequestParam(required = false) @Nullable ClockState state,
			@RequestParam(required = false) @Nullable Instant dueBefore,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Integer limit) {
		String whose = client;
		if (!caller.isProvider()) {
			whose = caller.requireClientId();
			if (client != null && !client.equals(whose)) {
				throw ProblemException.notFound(client);
			}
		}
		Page<Clock> page = this.search.page(new ClockSearch.Filter(whose, objective, state, dueBefore), cursor,
				Cursors.limit(limit));
		return PagedResponse.of(page.map(ClockView::of), request);
	}

	@GetMapping("/v1/clocks/{clockId}")
	@ProviderReadOrClient
	ResponseEntity<ClockView> get(Caller caller, @PathVariable String clockId) {
		Clock clock = this.search.require(clockId, caller);
		ClockView view = ClockView.of(clock, this.holds.shown(clock, caller));
		return ResponseEntity.ok().eTag(ETags.ofContent(view)).body(view);
	}

}
