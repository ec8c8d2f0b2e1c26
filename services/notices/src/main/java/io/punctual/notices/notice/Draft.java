package io.punctual.notices.notice;

import java.time.Instant;
import java.util.List;

import io.punctual.notices.advisory.Advisory;
import io.punctual.shared.contract.Impact;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A request for a new notice; with an update it is published at once.
 */
record Draft(@NotNull NoticeKind kind, @NotNull Severity severity, @NotBlank @Size(max = 200) String title,
		@NotEmpty @Size(max = 100) List<@NotNull String> components, @Nullable Instant detectedAt,
		@Nullable Boolean drill, @Valid @Nullable WindowForm window, @Valid @Nullable Advisory advisory,
		@Valid @Nullable FirstUpdate update) {

	/**
	 * What is said at once.
	 */
	record FirstUpdate(@Nullable NoticeState state, @NotBlank @Size(max = 20_000) String text,
			@Size(max = 100) @Nullable List<@NotNull Impact> impacts) {

		Said said() {
			return new Said(state(), text(), impacts(), null, null, null, null, null, null);
		}

	}

}
