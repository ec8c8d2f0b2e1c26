package io.punctual.shared.json;

import java.time.Duration;
import java.time.Instant;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Reads bodies strictly: an unknown field, a wrong type, a duplicate name or half of a
 * character is refused, nothing is guessed.
 */
@AutoConfiguration(before = JacksonAutoConfiguration.class)
class JsonAutoConfiguration {

	@Bean
	JsonMapperBuilderCustomizer strictJson() {
		SimpleModule time = new SimpleModule("punctual-time");
		time.addDeserializer(Instant.class, new StrictInstantDeserializer());
		time.addDeserializer(Duration.class, new StrictDurationDeserializer());
		SimpleModule text = new SimpleModule("punctual-text");
		text.addDeserializer(String.class, new WholeTextDeserializer());
		return (builder) -> builder.addModule(time)
			.addModule(text)
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
					DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
			.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
			.withCoercionConfig(LogicalType.Textual, (config) -> {
				config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
				config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
				config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
			})
			.withCoercionConfig(LogicalType.Enum, (config) -> {
				config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
				config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
			});
	}

}
