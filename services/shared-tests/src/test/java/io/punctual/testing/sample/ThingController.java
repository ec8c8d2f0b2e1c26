package io.punctual.testing.sample;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.punctual.shared.id.Ids;
import io.punctual.shared.idempotency.Idempotent;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import io.punctual.shared.secret.SecretBoxException;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ClientScope;
import io.punctual.shared.security.ProviderRead;
import io.punctual.shared.security.ProviderReadOrClient;
import io.punctual.shared.security.ProviderWrite;
import io.punctual.shared.transaction.Transactions;
import io.punctual.shared.web.Cursors;
import io.punctual.shared.web.ETags;
import io.punctual.shared.web.LargeBody;
import io.punctual.shared.web.Page;
import io.punctual.shared.web.PagedResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Things, with all manners of the API.
 */
@RestController
class ThingController {

	private final JdbcClient jdbc;

	private final Transactions transactions;

	ThingController(JdbcClient jdbc, Transactions transactions) {
		this.jdbc = jdbc;
		this.transactions = transactions;
	}

	@PostMapping("/v1/things")
	@ProviderWrite
	@Idempotent
	ResponseEntity<Thing> create(@RequestBody @Valid NewThing body) throws InterruptedException {
		String id = Ids.next("thg");
		this.jdbc.sql("INSERT INTO thing (id, name) VALUES (?, ?)").params(id, body.name()).update();
		if (body.name().startsWith("slow")) {
			Slowness.await();
		}
		switch (body.name()) {
			case "refuse" -> throw ProblemException.of(ProblemType.CONFLICT, "Not this one.");
			case "refuse-quietly" -> {
				return ResponseEntity.status(409).build();
			}
			case "sleepy" -> Thread.sleep(1500);
			case "sealed" -> throw new SecretBoxException("the secret inside");
			case "boom" -> throw new IllegalStateException("the secret inside");
			default -> {
			}
		}
		return ResponseEntity.created(URI.create("/v1/things/" + id))
			.eTag(ETags.of(1))
			.body(new Thing(id, body.name(), 1));
	}

	@GetMapping("/v1/things")
	@ProviderReadOrClient
	ResponseEntity<Page<Thing>> list(@RequestParam(required = false) @Nullable String prefix,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Integer limit, Caller caller, HttpServletRequest request) {
		Filter filter = new Filter(prefix, caller.clientId());
		int size = Cursors.limit(limit);
		String after = Cursors.decode(cursor, filter, List::getFirst);
		List<Thing> found = this.jdbc
			.sql("SELECT id, name, version FROM thing WHERE id > ? AND name LIKE ? ORDER BY id LIMIT ?")
			.params((after != null) ? after : "", ((prefix != null) ? prefix : "") + "%", size + 1)
			.query((row, number) -> new Thing(row.getString(1), row.getString(2), row.getLong(3)))
			.list();
		return PagedResponse.of(Page.of(found, size, (last) -> Cursors.encode(filter, last.id())), request);
	}

	@GetMapping("/v1/things/{thingId}")
	@ProviderRead
	ResponseEntity<Thing> get(@PathVariable String thingId) {
		Thing thing = find(thingId);
		return ResponseEntity.ok().eTag(ETags.of(thing.version())).body(thing);
	}

	@PatchMapping("/v1/things/{thingId}")
	@ProviderWrite
	ResponseEntity<Thing> change(@PathVariable String thingId, @RequestBody @Valid NewThing body,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
		Thing thing = find(thingId);
		ETags.requireMatch(ifMatch, thing.version());
		Thing changed = new Thing(thingId, body.name(), thing.version() + 1);
		this.transactions.write(() -> {
			this.jdbc.sql("UPDATE thing SET name = ?, version = ? WHERE id = ?")
				.params(changed.name(), changed.version(), thingId)
				.update();
		});
		return ResponseEntity.ok().eTag(ETags.of(changed.version())).body(changed);
	}

	@PostMapping("/v1/bulk")
	@ProviderWrite
	@LargeBody(bytes = 1024 * 1024)
	Map<String, Integer> bulk(@RequestBody List<@Valid NewThing> body) {
		return this.transactions.write(() -> Map.of("count", body.size()));
	}

	@GetMapping("/v1/me")
	@ClientScope
	Map<String, String> me(Caller caller) {
		return Map.of("clientId", caller.requireClientId(), "subject", caller.subject());
	}

	@GetMapping("/v1/checked")
	@ProviderRead
	Map<String, Integer> checked(@RequestParam @Min(1) @Max(9) int size, @RequestHeader("X-Needed") String needed) {
		return Map.of("size", size + needed.length());
	}

	@GetMapping("/v1/unguarded")
	Map<String, String> unguarded() {
		return Map.of("secret", "none");
	}

	@GetMapping("/internal/ping")
	Map<String, String> ping(Caller caller) {
		return Map.of("caller", caller.subject());
	}

	private Thing find(String id) {
		return this.jdbc.sql("SELECT id, name, version FROM thing WHERE id = ?")
			.param(id)
			.query((row, number) -> new Thing(row.getString(1), row.getString(2), row.getLong(3)))
			.optional()
			.orElseThrow(() -> ProblemException.notFound(id));
	}

	/**
	 * A thing.
	 */
	record Thing(String id, String name, long version) {
	}

	/**
	 * What selects things.
	 */
	record Filter(@Nullable String prefix, @Nullable String clientId) {
	}

	/**
	 * A thing to be.
	 */
	record NewThing(@NotBlank String name, @Nullable Integer count, @Nullable Instant due, @Nullable Duration target,
			@Nullable Colour colour, @Nullable List<@Valid @NotNull Part> parts,
			@Nullable Map<String, @NotBlank String> labels, @Nullable Span span) {
	}

	/**
	 * A part of it.
	 */
	record Part(@Min(2) int size) {
	}

	/**
	 * A value that guards itself.
	 */
	record Span(int from, int to) {

		Span {
			if (from < 0) {
				throw new IllegalArgumentException("the secret inside");
			}
			if (to < from) {
				throw ProblemException.invalid("/to", "must not be before from");
			}
		}

	}

	/**
	 * An enumeration.
	 */
	enum Colour {

		RED, GREEN

	}

}
