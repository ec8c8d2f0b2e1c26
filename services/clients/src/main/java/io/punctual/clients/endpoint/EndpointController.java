package io.punctual.clients.endpoint;

import java.net.URI;
import java.time.Instant;

import io.punctual.clients.client.Clients;
import io.punctual.clients.support.FilterForm;
import io.punctual.clients.support.Keyset;
import io.punctual.shared.contract.EndpointUpserted;
import io.punctual.shared.contract.NoticeFilter;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ProviderReadOrClient;
import io.punctual.shared.security.ProviderWrite;
import io.punctual.shared.transaction.Transactions;
import io.punctual.shared.web.ETags;
import io.punctual.shared.web.Page;
import io.punctual.shared.web.PagedResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /v1/endpoints} and {@code /v1/clients/{clientId}/endpoints}.
 */
@RestController
class EndpointController {

	private final Endpoints endpoints;

	private final Clients clients;

	private final Transactions transactions;

	EndpointController(Endpoints endpoints, Clients clients, Transactions transactions) {
		this.endpoints = endpoints;
		this.clients = clients;
		this.transactions = transactions;
	}

	@PostMapping("/v1/clients/{clientId}/endpoints")
	@ProviderWrite
	ResponseEntity<View> create(@PathVariable String clientId, @Valid @RequestBody Form form) {
		Endpoints.WithSecret created = this.transactions.write(() -> this.endpoints.create(clientId, form));
		Endpoint endpoint = created.endpoint();
		return ResponseEntity.created(URI.create("/v1/endpoints/" + endpoint.id()))
			.eTag(ETags.of(endpoint.version()))
			.body(endpoint.view(created.secret()));
	}

	@GetMapping("/v1/clients/{clientId}/endpoints")
	@ProviderReadOrClient
	ResponseEntity<Page<View>> list(@PathVariable String clientId,
			@RequestParam(required = false) @Nullable Integer limit,
			@RequestParam(required = false) @Nullable String cursor, Caller caller, HttpServletRequest request) {
		this.clients.visible(clientId, caller);
		return PagedResponse.of(Keyset.page("endpoints " + clientId, limit, cursor,
				(after, size) -> this.endpoints.page(clientId, after, size), (endpoint) -> endpoint.view(null),
				View::id), request);
	}

	@GetMapping("/v1/endpoints/{endpointId}")
	@ProviderReadOrClient
	ResponseEntity<View> get(@PathVariable String endpointId, Caller caller) {
		return answer(this.endpoints.visible(endpointId, caller));
	}

	@PatchMapping("/v1/endpoints/{endpointId}")
	@ProviderWrite
	ResponseEntity<View> change(@PathVariable String endpointId,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@Valid @RequestBody Change change) {
		return answer(this.transactions.write(() -> this.endpoints.change(endpointId, ifMatch, change)));
	}

	@DeleteMapping("/v1/endpoints/{endpointId}")
	@ProviderWrite
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void remove(@PathVariable String endpointId) {
		this.transactions.write(() -> this.endpoints.remove(endpointId));
	}

	@PostMapping("/v1/endpoints/{endpointId}/verify")
	@ProviderWrite
	@ResponseStatus(HttpStatus.ACCEPTED)
	void verify(@PathVariable String endpointId) {
		this.transactions.write(() -> this.endpoints.verify(endpointId));
	}

	@PostMapping("/v1/endpoints/{endpointId}/test")
	@ProviderWrite
	@ResponseStatus(HttpStatus.ACCEPTED)
	void test(@PathVariable String endpointId) {
		this.transactions.write(() -> this.endpoints.test(endpointId));
	}

	@PostMapping("/v1/endpoints/{endpointId}/secrets")
	@ProviderWrite
	ResponseEntity<View> rotate(@PathVariable String endpointId) {
		Endpoints.WithSecret rotated = this.transactions.write(() -> this.endpoints.rotate(endpointId));
		return ResponseEntity.status(HttpStatus.CREATED)
			.eTag(ETags.of(rotated.endpoint().version()))
			.body(rotated.endpoint().view(rotated.secret()));
	}

	private static ResponseEntity<View> answer(Endpoint endpoint) {
		return ResponseEntity.ok().eTag(ETags.of(endpoint.version())).body(endpoint.view(null));
	}

	record Form(@NotBlank @Size(max = 2048) String url, @Nullable @Size(max = 200) String description,
			@Nullable @Valid FilterForm filter, @Nullable @Min(1) @Max(1000) Integer ratePerSecond) {
	}

	record Change(@Nullable @Size(min = 1, max = 2048) String url, @Nullable @Size(max = 200) String description,
			@Nullable @Valid FilterForm filter, @Nullable @Min(1) @Max(1000) Integer ratePerSecond,
			@Nullable Boolean paused) {
	}

	record View(String id, String clientId, String url, @Nullable String description, EndpointUpserted.State state,
			NoticeFilter filter, int ratePerSecond, @Nullable Instant verifiedAt, @Nullable String failureReason,
			@Nullable TestResult lastTest, @Nullable String secret, Instant createdAt, Instant updatedAt) {
	}

	/**
	 * What came of the test that was asked for last; absent until it is known.
	 */
	record TestResult(Instant at, boolean passed, @Nullable String failure) {
	}

}
