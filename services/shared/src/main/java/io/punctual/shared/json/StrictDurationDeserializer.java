package io.punctual.shared.json;

import java.time.DateTimeException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads a duration from ISO 8601 text, and from nothing else.
 */
class StrictDurationDeserializer extends StdDeserializer<Duration> {

	StrictDurationDeserializer() {
		super(Duration.class);
	}

	@Override
	public @Nullable Duration deserialize(JsonParser parser, DeserializationContext context) {
		if (parser.currentToken() != JsonToken.VALUE_STRING) {
			return (Duration) context.handleUnexpectedToken(Duration.class, parser);
		}
		String text = parser.getString();
		try {
			return Duration.parse(text);
		}
		catch (DateTimeException ex) {
			return (Duration) context.handleWeirdStringValue(Duration.class, text, "not a duration");
		}
	}

}
