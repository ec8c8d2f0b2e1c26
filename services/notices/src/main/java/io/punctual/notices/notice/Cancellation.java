package io.punctual.notices.notice;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Why a notice is called off.
 */
record Cancellation(
		@Size(max = 20_000) @Pattern(regexp = "(?s).*\\S.*", message = "must not be blank") @Nullable String text) {
}
