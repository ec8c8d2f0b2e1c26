package io.punctual.clients.support;

import io.punctual.shared.contract.NoticeFilter;
import jakarta.persistence.Converter;

/**
 * Keeps a {@link NoticeFilter}.
 */
@Converter
public class FilterColumn extends JsonColumn<NoticeFilter> {

	FilterColumn() {
		super(NoticeFilter.class);
	}

}
