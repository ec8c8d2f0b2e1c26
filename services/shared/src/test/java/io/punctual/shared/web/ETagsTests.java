package io.punctual.shared.web;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class ETagsTests {

	@Test
	void quotesTheVersion() {
		assertThat(ETags.of(7)).isEqualTo("\"v7\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"v7\"", "*", "\"v6\", \"v7\"" })
	void takesThePresentVersion(String ifMatch) {
		assertThatNoException().isThrownBy(() -> ETags.requireMatch(ifMatch, 7));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"v6\"", "v7", "W/\"v7\"", "\"v70\"" })
	void refusesAnyOther(String ifMatch) {
		refuses(ifMatch, ProblemType.VERSION_CONFLICT);
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> ETags.checkMatch(ifMatch, 7));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = " ")
	void insistsOnlyWhereItMust(@Nullable String ifMatch) {
		refuses(ifMatch, ProblemType.PRECONDITION_REQUIRED);
		assertThatNoException().isThrownBy(() -> ETags.checkMatch(ifMatch, 7));
	}

	@Test
	void namesWhatHasNoVersionByWhatItSays() {
		record Thing(String name, int size) {
		}
		assertThat(ETags.ofContent(new Thing("a", 1))).matches("\"c[0-9a-f]{16}\"")
			.isEqualTo(ETags.ofContent(new Thing("a", 1)))
			.isNotEqualTo(ETags.ofContent(new Thing("a", 2)));
	}

	private static void refuses(@Nullable String ifMatch, ProblemType type) {
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> ETags.requireMatch(ifMatch, 7))
			.matches((ex) -> ex.type() == type);
	}

}
