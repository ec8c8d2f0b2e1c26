package io.punctual.sla.statement;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The examples of RFC 8785, without the numbers that statements do not have.
 */
class CanonicalJsonTests {

	@Test
	void writesStringsAndLiteralsAsSection322() {
		assertThat(canonical("""
				{
				  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
				  "literals": [null, true, false]
				}"""))
			.isEqualTo("{\"literals\":[null,true,false],\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
	}

	@Test
	void sortsMembersAsSection323() {
		assertThat(canonical("""
				{
				  "\\u20ac": "Euro Sign",
				  "\\r": "Carriage Return",
				  "\\ufb33": "Hebrew Letter Dalet With Dagesh",
				  "1": "One",
				  "\\ud83d\\ude00": "Emoji: Grinning Face",
				  "\\u0080": "Control",
				  "\\u00f6": "Latin Small Letter O With Diaeresis"
				}""")).isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
				+ "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
				+ "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
	}

	@Test
	void sortsInsideOfWhateverIsInside() {
		Map<String, Object> inner = new LinkedHashMap<>();
		inner.put("b", 2);
		inner.put("a", List.of(Map.of("z", 1)));
		assertThat(new String(CanonicalJson.write(Map.of("outer", List.of(inner))), StandardCharsets.UTF_8))
			.isEqualTo("{\"outer\":[{\"a\":[{\"z\":1}],\"b\":2}]}");
		assertThat(canonical("{\"b\":{\"d\":0,\"c\":-7},\"a\":9007199254740991}"))
			.isEqualTo("{\"a\":9007199254740991,\"b\":{\"c\":-7,\"d\":0}}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.5", "1e3", "9007199254740992", "-9007199254740992", "123456789012345678901234567890" })
	void refusesNumbersThatHaveSeveralSpellings(String number) {
		assertThatIllegalArgumentException().isThrownBy(() -> canonical("{\"a\":[" + number + "]}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\":1,\"a\":2}", "{} {}", "{" })
	void refusesWhatIsNoIJson(String json) {
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> canonical(json));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\":\"\\ud800\"}", "{\"\\udc00\":1}" })
	void refusesHalfOfACharacter(String json) {
		assertThatIllegalArgumentException().isThrownBy(() -> canonical(json));
	}

	private static String canonical(String json) {
		return new String(CanonicalJson.write(CanonicalJson.read(json)), StandardCharsets.UTF_8);
	}

}
