package io.punctual.notices.notice;

import java.time.Instant;
import java.util.List;

import io.punctual.notices.advisory.Advisory;
import io.punctual.shared.contract.Severity;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A change of a draft; what is absent stays as it is.
 */
record DraftChange(@Nullable Severity severity,
		@Size(max = 200) @Pattern(regexp = "(?s).*\\S.*", message = "must not be blank") @Nullable String title,
		@Size(min = 1, max = 100) @Nullable List<@NotNull String> components, @Nullable Instant detectedAt,
		@Valid @Nullable WindowForm window, @Valid @Nullable Advisory advisory) {
}
