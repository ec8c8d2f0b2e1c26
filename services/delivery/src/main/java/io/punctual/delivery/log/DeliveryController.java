package io.punctual.delivery.log;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.punctual.delivery.dispatch.Enqueuing;
import io.punctual.shared.audit.Audit;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import io.punctual.shared.security.ProviderRead;
import io.punctual.shared.security.ProviderWrite;
import io.punctual.shared.transaction.Transactions;
import io.punctual.shared.web.Cursors;
import io.punctual.shared.web.Page;
import io.punctual.shared.web.PagedResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The provider looks at deliveries and their evidence, and asks for another try.
 */
@RestController
@RequestMapping("/v1/deliveries")
class DeliveryController {

	private static final Set<String> STATES = Set.of("PENDING", "IN_FLIGHT", "DELIVERED", "EXHAUSTED", "SKIPPED");

	private final DeliveryLog log;

	private final Enqueuing enqueuing;

	private final Transactions transactions;

	DeliveryController(DeliveryLog log, Enqueuing enqueuing, Transactions transactions) {
		this.log = log;
		this.enqueuing = enqueuing;
		this.transactions = transactions;
	}

	@GetMapping
	@ProviderRead
	ResponseEntity<Page<DeliveryView>> list(@RequestParam(required = false) @Nullable String client,
			@RequestParam(required = false) @Nullable String notice,
			@RequestParam(required = false) @Nullable String state,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Integer limit, HttpServletRequest request) {
		if (state != null && !STATES.contains(state)) {
			throw ProblemException.invalid("state", "must be one of " + String.join(", ", STATES));
		}
		Map<String, String> filter = new LinkedHashMap<>();
		filter.put("list", "deliveries");
		filter.put("client", String.valueOf(client));
		filter.put("notice", String.valueOf(notice));
		filter.put("state", String.valueOf(state));
		int size = Cursors.limit(limit);
		String before = Cursors.decode(cursor, filter, List::getFirst);
		List<DeliveryView> found = this.log.list(new DeliveryLog.Filter(client, notice, state), before, size + 1);
		return PagedResponse.of(Page.of(found, size, (last) -> Cursors.encode(filter, last.deliveryId())), request);
	}

	@GetMapping("/{deliveryId}")
	@ProviderRead
	DeliveryView get(@PathVariable String deliveryId) {
		return this.log.find(deliveryId).orElseThrow(() -> ProblemException.notFound(deliveryId));
	}

	@GetMapping("/{deliveryId}/attempts")
	@ProviderRead
	ResponseEntity<Page<AttemptView>> attempts(@PathVariable String deliveryId,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Integer limit, HttpServletRequest request) {
		get(deliveryId);
		int size = Cursors.limit(limit);
		Map<String, String> filter = Map.of("list", "attempts", "delivery", deliveryId);
		Integer after = Cursors.decode(cursor, filter, (keys) -> Integer.valueOf(keys.getFirst()));
		List<AttemptView> found = this.log.attempts(deliveryId, (after != null) ? after : 0, size + 1);
		return PagedResponse.of(Page.of(this.log.withMailEvents(found), size,
				(last) -> Cursors.encode(filter, Integer.toString(last.number()))), request);
	}

	@PostMapping("/{deliveryId}/retry")
	@ProviderWrite
	ResponseEntity<DeliveryView> retry(@PathVariable String deliveryId) {
		DeliveryView delivery = get(deliveryId);
		if (!Set.of("PENDING", "IN_FLIGHT").contains(delivery.state())) {
			throw ProblemException.of(ProblemType.ILLEGAL_TRANSITION, "The delivery has come to its end.")
				.with("state", delivery.state())
				.with("allowed", List.of());
		}
		if (delivery.channel().equals("FEED")) {
			throw ProblemException.of(ProblemType.ILLEGAL_TRANSITION, "A feed is read by its client.")
				.with("state", delivery.state())
				.with("allowed", List.of());
		}
		this.transactions.write(() -> {
			this.enqueuing.retry(deliveryId, delivery.endpointId());
			Audit.about(delivery.clientId());
		});
		return ResponseEntity.accepted().body(get(deliveryId));
	}

}
