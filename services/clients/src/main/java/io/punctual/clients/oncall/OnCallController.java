package io.punctual.clients.oncall;

import java.time.Instant;

import io.punctual.shared.audit.Audit;
import io.punctual.shared.contract.OnCallChanged;
import io.punctual.shared.events.EventLog;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.security.ProviderRead;
import io.punctual.shared.security.ProviderWrite;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.transaction.Transactions;
import io.punctual.shared.web.ETags;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /v1/on-call}.
 */
@RestController
class OnCallController {

	private final OnCallStore store;

	private final Transactions transactions;

	private final EventLog events;

	private final DatabaseClock clock;

	OnCallController(OnCallStore store, Transactions transactions, EventLog events, DatabaseClock clock) {
		this.store = store;
		this.transactions = transactions;
		this.events = events;
		this.clock = clock;
	}

	@GetMapping("/v1/on-call")
	@ProviderRead
	ResponseEntity<OnCall> get() {
		return answer(this.store.get());
	}

	@PutMapping("/v1/on-call")
	@ProviderWrite
	ResponseEntity<OnCall> put(@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@Valid @RequestBody Form form) {
		return answer(this.transactions.write(() -> {
			OnCall before = this.store.lock();
			ETags.checkMatch(ifMatch, before.version());
			String clientId = form.clientId();
			if (clientId != null) {
				if (!this.store.mayBe(clientId)) {
					throw ProblemException.invalid("/clientId", "must be a synthetic client that is active");
				}
				Audit.about(clientId);
			}
			Instant now = this.clock.now();
			this.store.put(clientId, now);
			this.events.append(new NewEvent(OnCallChanged.TYPE, "on-call", now, new OnCallChanged(clientId)).ignorable()
				.restampable());
			return this.store.get();
		}));
	}

	private static ResponseEntity<OnCall> answer(OnCall onCall) {
		return ResponseEntity.ok().eTag(ETags.of(onCall.version())).body(onCall);
	}

	/**
	 * Who is to be told; without a client nobody is.
	 */
	record Form(@Nullable @Size(max = 30) String clientId) {
	}

}
