package io.punctual.notices.notice;

import io.punctual.notices.advisory.Advisory;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps what an advisory says as JSON. A later release's additions are passed over.
 */
@Converter
class AdvisoryColumn implements AttributeConverter<@Nullable Advisory, @Nullable String> {

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	@Override
	public @Nullable String convertToDatabaseColumn(@Nullable Advisory advisory) {
		return toColumn(advisory);
	}

	@Override
	public @Nullable Advisory convertToEntityAttribute(@Nullable String column) {
		return fromColumn(column);
	}

	static @Nullable String toColumn(@Nullable Advisory advisory) {
		return (advisory != null) ? JSON.writeValueAsString(advisory) : null;
	}

	static @Nullable Advisory fromColumn(@Nullable String column) {
		return (column != null) ? JSON.readValue(column, Advisory.class) : null;
	}

}
