package io.punctual.shared.web;

import java.util.List;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;

/**
 * Offers JSON as {@code application/json} and as nothing else. Spring's own offers
 * {@code application/*+json} too: to who would rather have
 * {@code application/problem+json}, every success would look like a problem. What is of
 * another type says so itself.
 */
class PlainJsonConverter extends JacksonJsonHttpMessageConverter {

	PlainJsonConverter(JsonMapper mapper) {
		super(mapper);
	}

	@Override
	public List<MediaType> getSupportedMediaTypes(Class<?> type) {
		return List.of(MediaType.APPLICATION_JSON);
	}

}
