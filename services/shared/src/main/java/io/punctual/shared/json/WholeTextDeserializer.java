package io.punctual.shared.json;

import io.punctual.shared.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;

/**
 * Reads text that can be written down: half of a surrogate pair is no character (RFC
 * 3629, 3), and would be stored as a question mark without a word.
 */
class WholeTextDeserializer extends StringDeserializer {

	@Override
	public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
		String text = super.deserialize(parser, context);
		if (text != null && hasHalf(text)) {
			throw ProblemException.invalid("", "must not have half of a surrogate pair");
		}
		return text;
	}

	private static boolean hasHalf(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (Character.isSurrogate(text.charAt(i))) {
				boolean whole = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
				if (!whole) {
					return true;
				}
				i++;
			}
		}
		return false;
	}

}
