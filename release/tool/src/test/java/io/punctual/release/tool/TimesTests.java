package io.punctual.release.tool;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of the release adds up, to no more than what was promised.
 */
class TimesTests {

	private static final int TARGET = 4 * 60;

	private static final Pattern ROW = Pattern.compile("\\| (.+?) \\| (\\d+)(?:–(\\d+))? \\| (.+) \\|");

	private final String page = Documents.text(Repository.file("docs/release.md"));

	private List<Matcher> rows() {
		return this.page.lines()
			.dropWhile((line) -> !line.startsWith("| step | seconds |"))
			.takeWhile((line) -> line.startsWith("|"))
			.map(ROW::matcher)
			.filter(Matcher::matches)
			.toList();
	}

	@Test
	void aReleaseTakesNoMoreThanFourMinutes() {
		assertThat(rows()).hasSizeGreaterThan(12);
		int least = rows().stream().mapToInt((row) -> Integer.parseInt(row.group(2))).sum();
		int most = rows().stream().mapToInt((row) -> Integer.parseInt(most(row))).sum();
		assertThat(this.page).contains("| **live** | **≈ %d–%d** |".formatted(least, most));
		assertThat(most).isLessThanOrEqualTo(TARGET);
	}

	private static String most(Matcher row) {
		return (row.group(3) != null) ? row.group(3) : row.group(2);
	}

	/**
	 * A figure that nobody has measured or written is one that somebody has to ask for.
	 */
	@Test
	void eachFigureSaysWhereItIsFromOrThatItIsNotVerified() {
		assertThat(rows()).allSatisfy((row) -> assertThat(row.group(4)).containsAnyOf("unverified", "](", "`",
				"CPU seconds below", "its log"));
	}

}
