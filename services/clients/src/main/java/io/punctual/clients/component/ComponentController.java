package io.punctual.clients.component;

import java.net.URI;
import java.time.Instant;

import io.punctual.clients.support.Changes;
import io.punctual.clients.support.Keyset;
import io.punctual.shared.contract.ComponentUpserted;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import io.punctual.shared.security.ProviderReadOrClient;
import io.punctual.shared.security.ProviderWrite;
import io.punctual.shared.transaction.Transactions;
import io.punctual.shared.web.ETags;
import io.punctual.shared.web.Page;
import io.punctual.shared.web.PagedResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Limit;
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
 * {@code /v1/components}.
 */
@RestController
@RequestMapping("/v1/components")
class ComponentController {

	private final Components components;

	private final Transactions transactions;

	private final Changes changes;

	ComponentController(Components components, Transactions transactions, Changes changes) {
		this.components = components;
		this.transactions = transactions;
		this.changes = changes;
	}

	@PostMapping
	@ProviderWrite
	ResponseEntity<View> create(@Valid @RequestBody Form form) {
		ProductComponent component = this.transactions.write(() -> {
			refuseTaken(form.name());
			return saved(new ProductComponent(form.name(), form.description(), this.changes.now()));
		});
		return ResponseEntity.created(URI.create("/v1/components/" + component.id()))
			.eTag(ETags.of(component.version()))
			.body(component.view());
	}

	@GetMapping
	@ProviderReadOrClient
	ResponseEntity<Page<View>> list(@RequestParam(required = false) @Nullable Integer limit,
			@RequestParam(required = false) @Nullable String cursor, HttpServletRequest request) {
		return PagedResponse.of(Keyset.page("components", limit, cursor,
				(after, size) -> this.components.page(after, Limit.of(size)), ProductComponent::view, View::id),
				request);
	}

	@GetMapping("/{componentId}")
	@ProviderReadOrClient
	ResponseEntity<View> get(@PathVariable String componentId) {
		return answer(find(componentId));
	}

	@PatchMapping("/{componentId}")
	@ProviderWrite
	ResponseEntity<View> change(@PathVariable String componentId,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@Valid @RequestBody Change change) {
		return answer(this.transactions.write(() -> {
			ProductComponent component = find(componentId);
			ETags.requireMatch(ifMatch, component.version());
			String name = change.name();
			if (name != null && !name.equals(component.view().name())) {
				refuseTaken(name);
			}
			component.change(change, this.changes.now());
			return saved(component);
		}));
	}

	private ProductComponent saved(ProductComponent component) {
		ProductComponent saved = this.components.save(component);
		this.changes.publish(ComponentUpserted.TYPE, saved.id(), this.changes.now(), saved.event());
		return saved;
	}

	private void refuseTaken(String name) {
		if (this.components.existsByName(name)) {
			throw ProblemException.of(ProblemType.CONFLICT, "There is a component of that name.")
				.field("/name", "is taken");
		}
	}

	private ProductComponent find(String id) {
		return this.components.findById(id).orElseThrow(() -> ProblemException.notFound(id));
	}

	private static ResponseEntity<View> answer(ProductComponent component) {
		return ResponseEntity.ok().eTag(ETags.of(component.version())).body(component.view());
	}

	record Form(@NotBlank @Size(max = 200) String name, @Nullable @Size(max = 1000) String description) {
	}

	record Change(@Nullable @Size(min = 1, max = 200) String name, @Nullable @Size(max = 1000) String description,
			@Nullable ComponentState state) {
	}

	record View(String id, String name, @Nullable String description, ComponentState state, Instant createdAt,
			Instant updatedAt) {
	}

}
