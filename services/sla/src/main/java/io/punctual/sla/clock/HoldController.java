package io.punctual.sla.clock;

import io.punctual.shared.audit.Audit;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ProviderWrite;
import io.punctual.shared.transaction.Transactions;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Has clocks stand still, and run on.
 */
@RestController
class HoldController {

	private final Holds holds;

	private final ClockSearch search;

	private final ClockTimer timer;

	private final Transactions transactions;

	HoldController(Holds holds, ClockSearch search, ClockTimer timer, Transactions transactions) {
		this.holds = holds;
		this.search = search;
		this.timer = timer;
		this.transactions = transactions;
	}

	@PostMapping("/v1/clocks/{clockId}/holds")
	@ProviderWrite
	ResponseEntity<Hold> hold(Caller caller, @PathVariable String clockId, @Valid @RequestBody Wanted wanted) {
		Clock clock = this.search.require(clockId, caller);
		Hold hold = this.transactions.write(() -> {
			Audit.about(clock.clientId());
			return this.holds.begin(clockId, wanted.reason(), caller.subject());
		});
		return ResponseEntity.status(HttpStatus.CREATED).body(hold);
	}

	@DeleteMapping("/v1/clocks/{clockId}/holds")
	@ProviderWrite
	ResponseEntity<Void> runOn(Caller caller, @PathVariable String clockId) {
		Clock clock = this.search.require(clockId, caller);
		this.transactions.write(() -> {
			Audit.about(clock.clientId());
			this.holds.end(clockId, caller.subject());
			this.timer.wakeAfterCommit();
		});
		return ResponseEntity.noContent().build();
	}

	/**
	 * Why a clock has to stand still.
	 */
	record Wanted(@NotBlank @Size(max = 500) String reason) {
	}

}
