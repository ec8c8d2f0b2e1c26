package io.punctual.sla.statement;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON of which there is one spelling (RFC 8785): no spaces, members sorted by UTF-16
 * code units, the shortest escapes, UTF-8. Numbers are integers that a double holds
 * exactly; any other number is refused, so that there is no question how to write it.
 */
final class CanonicalJson {

	private static final long MOST = (1L << 53) - 1;

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
		.enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
		.disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE, JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.changeDefaultPropertyInclusion((value) -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	private CanonicalJson() {
	}

	/**
	 * The canonical form.
	 * @param value anything that is written as JSON; members that are null are left out
	 * @return UTF-8
	 * @throws IllegalArgumentException for a number that is no integer of 53 bits, or a
	 * text that is not Unicode
	 */
	static byte[] write(Object value) {
		JsonNode tree = (value instanceof JsonNode node) ? node : JSON.valueToTree(value);
		check(tree);
		return JSON.writeValueAsBytes(tree);
	}

	static JsonNode read(byte[] json) {
		return JSON.readTree(json);
	}

	static JsonNode read(String json) {
		return JSON.readTree(json);
	}

	static <T> T as(JsonNode node, Class<T> type) {
		return JSON.treeToValue(node, type);
	}

	private static void check(JsonNode node) {
		if (node.isNumber()
				&& !(node.isIntegralNumber() && node.canConvertToLong() && Math.abs(node.longValue()) <= MOST)) {
			throw new IllegalArgumentException("%s has no canonical form here".formatted(node));
		}
		if (node.isString()) {
			check(node.stringValue());
		}
		node.propertyNames().forEach(CanonicalJson::check);
		node.forEach(CanonicalJson::check);
	}

	/** Half of a surrogate pair is no character and has no bytes. */
	private static void check(String text) {
		if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
			throw new IllegalArgumentException("A text is not Unicode");
		}
	}

}
