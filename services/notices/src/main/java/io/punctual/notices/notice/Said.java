package io.punctual.notices.notice;

import java.util.List;

import io.punctual.notices.advisory.Advisory;
import io.punctual.shared.contract.Impact;
import io.punctual.shared.contract.Severity;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A request for a new update; what is absent stays as it was.
 */
record Said(@Nullable NoticeState state, @NotBlank @Size(max = 20_000) String text,
		@Size(max = 100) @Nullable List<@NotNull Impact> impacts, @Nullable Severity severity,
		@Size(max = 200) @Pattern(regexp = "(?s).*\\S.*", message = "must not be blank") @Nullable String title,
		@Size(min = 1, max = 100) @Nullable List<@NotNull String> components, @Nullable String corrects,
		@Valid @Nullable WindowForm window, @Valid @Nullable Advisory advisory) {
}
