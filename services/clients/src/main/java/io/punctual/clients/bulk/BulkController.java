package io.punctual.clients.bulk;

import io.punctual.clients.client.ExternalId;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.security.ProviderWrite;
import io.punctual.shared.transaction.Transactions;
import io.punctual.shared.web.LargeBody;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /v1/clients/bulk-upsert}: nobody types ten thousand clients.
 */
@RestController
class BulkController {

	private final BulkUpsert bulk;

	private final Transactions transactions;

	BulkController(BulkUpsert bulk, Transactions transactions) {
		this.bulk = bulk;
		this.transactions = transactions;
	}

	@PostMapping("/v1/clients/bulk-upsert")
	@ProviderWrite
	@LargeBody(bytes = 5 * 1024 * 1024)
	Result upsert(@Valid @RequestBody Form form) {
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < form.clients().size(); i++) {
			if (!seen.add(form.clients().get(i).externalId())) {
				throw ProblemException.invalid("/clients/" + i + "/externalId", "occurs twice");
			}
		}
		return this.transactions.write(() -> this.bulk.run(form.clients()));
	}

	record Form(@NotEmpty @Size(max = 10_000) List<@NotNull @Valid Item> clients) {
	}

	record Item(@NotNull @Pattern(regexp = ExternalId.PATTERN) String externalId,
			@NotBlank @Size(max = 200) String name, @Nullable @Size(max = 100) Set<@NotBlank String> components,
			@Nullable String agreementId) {
	}

	record Result(int created, int updated, int unchanged, List<Outcome> items) {
	}

	record Outcome(String externalId, String clientId, Kind outcome) {
	}

	enum Kind {

		CREATED, UPDATED, UNCHANGED

	}

}
