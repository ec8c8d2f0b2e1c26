package io.punctual.shared.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class PageTests {

	private static final Instant AT = Instant.parse("2026-11-29T23:00:00Z");

	@Test
	void hasAsManyItemsAsWereAskedFor() {
		assertThat(Page.of(said(4, "short"), 3, Said::id)).isEqualTo(new Page<>(said(3, "short"), "3"));
		assertThat(Page.of(said(3, "short"), 3, Said::id)).isEqualTo(new Page<>(said(3, "short"), null));
		assertThat(Page.of(said(0, "short"), 3, Said::id)).isEqualTo(new Page<>(List.of(), null));
	}

	@Test
	void endsEarlyWhenItsItemsAreTooLargeTogether() {
		// 60 kB each, as three bytes a character; 180 kB each, as six.
		for (String character : List.of("\u754c", "\u0001")) {
			List<Said> all = said(201, character.repeat(20_000));
			List<Said> read = new ArrayList<>();
			List<Integer> bytes = new ArrayList<>();
			String next = "0";
			while (next != null) {
				List<Said> found = all.subList(Integer.parseInt(next), all.size());
				Page<Said> page = Page.of(found.subList(0, Math.min(201, found.size())), 200, Said::id);
				bytes.add(JsonMapper.shared().writeValueAsBytes(page).length);
				read.addAll(page.items());
				next = page.next();
			}
			assertThat(read).isEqualTo(all);
			assertThat(bytes).hasSizeGreaterThan(2).allSatisfy((length) -> assertThat(length).isLessThan(5_010_000));
		}
	}

	@Test
	void hasAnItemThatIsTooLargeByItself() {
		List<Said> found = said(2, "x".repeat(Page.MOST_BYTES + 1));
		assertThat(Page.of(found, 50, Said::id)).isEqualTo(new Page<>(found.subList(0, 1), "1"));
		assertThat(Page.of(found.subList(1, 2), 50, Said::id).next()).isNull();
	}

	@Test
	void goesOnInTheSamePlaceWhateverIsShownOfItsItems() {
		assertThat(Page.of(said(3, "text"), 2, Said::id).map(Said::id)).isEqualTo(new Page<>(List.of("1", "2"), "2"));
	}

	private static List<Said> said(int many, String text) {
		return IntStream.rangeClosed(1, many)
			.mapToObj((number) -> new Said(String.valueOf(number), text, AT, null))
			.toList();
	}

	private record Said(String id, String text, Instant at, @Nullable String corrects) {
	}

}
