package io.punctual.shared.json;

import java.time.DateTimeException;
import java.time.Instant;

import io.punctual.shared.time.WrittenTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads an instant from ISO 8601 text with an offset, and from nothing else: a number
 * could be seconds or milliseconds.
 */
class StrictInstantDeserializer extends StdDeserializer<Instant> {

	StrictInstantDeserializer() {
		super(Instant.class);
	}

	@Override
	public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context) {
		if (parser.currentToken() != JsonToken.VALUE_STRING) {
			return (Instant) context.handleUnexpectedToken(Instant.class, parser);
		}
		String text = parser.getString();
		try {
			return WrittenTime.instant(text);
		}
		catch (DateTimeException ex) {
			return (Instant) context.handleWeirdStringValue(Instant.class, text, "not an instant");
		}
	}

}
