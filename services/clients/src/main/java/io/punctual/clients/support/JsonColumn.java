package io.punctual.clients.support;

import jakarta.persistence.AttributeConverter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps a value as JSON in a text column; members it does not know are passed over, so
 * that the running release can read what the next one writes.
 *
 * @param <T> the value's type
 */
public abstract class JsonColumn<T> implements AttributeConverter<T, String> {

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private final Class<T> type;

	protected JsonColumn(Class<T> type) {
		this.type = type;
	}

	@Override
	public String convertToDatabaseColumn(T value) {
		return JSON.writeValueAsString(value);
	}

	@Override
	public T convertToEntityAttribute(String text) {
		return JSON.readValue(text, this.type);
	}

}
