package io.punctual.shared.web;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CursorsTests {

	private static final Filter FILTER = new Filter("INCIDENT", null);

	@Property(tries = 200)
	void givesTheKeyBack(@ForAll @Size(max = 4) List<@StringLength(max = 60) String> keys) {
		String cursor = Cursors.encode(FILTER, keys.toArray(String[]::new));
		assertThat(cursor).matches("[A-Za-z0-9_-]+");
		assertThat(Cursors.decode(cursor, FILTER)).isEqualTo(keys);
	}

	@Property(tries = 500)
	void refusesACursorWithAnyByteChanged(@ForAll @IntRange(max = 10_000) int place,
			@ForAll @IntRange(min = 1, max = 255) int change) {
		byte[] bytes = Base64.getUrlDecoder().decode(Cursors.encode(FILTER, "2026-03-27T16:00:00Z", "not_1"));
		bytes[place % bytes.length] ^= (byte) change;
		refuses(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), FILTER);
	}

	@Property(tries = 100)
	void refusesACursorCutShort(@ForAll @IntRange(max = 40) int length) {
		String cursor = Cursors.encode(FILTER, "2026-03-27T16:00:00Z", "not_1");
		refuses(cursor.substring(0, Math.min(length, cursor.length() - 1)), FILTER);
	}

	@Test
	void belongsToItsFilter() {
		String cursor = Cursors.encode(FILTER, "a");
		assertThat(Cursors.decode(cursor, new Filter("INCIDENT", null))).containsExactly("a");
		refuses(cursor, new Filter("INCIDENT", "cli_1"));
		refuses(cursor, new Filter("RELEASE", null));
		assertThat(Cursors.decode(Cursors.encode(Map.of("b", 1, "a", 2), "k"), Map.of("a", 2, "b", 1)))
			.containsExactly("k");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "not a cursor", "AQ==", "....", "\u00e9" })
	void refusesWhatIsNoCursor(String cursor) {
		refuses(cursor, FILTER);
	}

	@Test
	void refusesAnEndlessOne() {
		refuses("A".repeat(100_000), FILTER);
	}

	@Test
	void beginsWithoutACursor() {
		assertThat(Cursors.decode(null, FILTER)).isEmpty();
		assertThat(Cursors.<String>decode(null, FILTER, List::getFirst)).isNull();
	}

	@Test
	void blamesTheCursorForAKeyThatCannotBeRead() {
		String cursor = Cursors.encode(FILTER, "ten");
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> Cursors.decode(cursor, FILTER, (keys) -> Integer.valueOf(keys.getFirst())))
			.matches((ex) -> ex.type() == ProblemType.CURSOR_INVALID);
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> Cursors.decode(cursor, FILTER, (keys) -> keys.get(1)));
	}

	@Test
	void boundsTheLimit() {
		assertThat(Cursors.limit(null)).isEqualTo(50);
		assertThat(Cursors.limit(1)).isEqualTo(1);
		assertThat(Cursors.limit(200)).isEqualTo(200);
		for (int limit : new int[] { 0, -1, 201, Integer.MAX_VALUE }) {
			assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Cursors.limit(limit))
				.matches((ex) -> ex.type() == ProblemType.VALIDATION);
		}
	}

	private static void refuses(String cursor, Filter filter) {
		assertThatExceptionOfType(ProblemException.class).as(Arrays.toString(cursor.toCharArray()))
			.isThrownBy(() -> Cursors.decode(cursor, filter))
			.matches((ex) -> ex.type() == ProblemType.CURSOR_INVALID);
	}

	/**
	 * What selects a list.
	 */
	record Filter(String kind, @Nullable String client) {
	}

}
