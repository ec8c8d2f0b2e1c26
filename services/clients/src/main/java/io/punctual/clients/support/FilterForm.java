package io.punctual.clients.support;

import java.util.Set;
import java.util.TreeSet;

import io.punctual.shared.contract.NoticeFilter;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A filter as callers write it; what is left out filters nothing.
 *
 * @param kinds kinds of notice
 * @param severities severities
 * @param components ids of components
 */
public record FilterForm(@Nullable Set<NoticeKind> kinds, @Nullable Set<Severity> severities,
		@Nullable @Size(max = 100) Set<@NotBlank @Size(max = 30) String> components) {

	/**
	 * Return the filter that a caller means.
	 * @param form from the caller, or null
	 * @return the filter, sorted so that it is written the same way every time
	 */
	public static NoticeFilter toFilter(@Nullable FilterForm form) {
		if (form == null) {
			return NoticeFilter.ALL;
		}
		return new NoticeFilter(sorted(form.kinds), sorted(form.severities), sorted(form.components));
	}

	private static <T extends Comparable<? super T>> Set<T> sorted(@Nullable Set<T> values) {
		return (values != null) ? new TreeSet<>(values) : Set.of();
	}

}
