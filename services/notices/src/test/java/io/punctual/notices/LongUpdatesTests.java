package io.punctual.notices;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.punctual.notices.support.NoticesTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Updates as long as they may be, in characters of three bytes: 110 of them are 6.6 MB,
 * and API Gateway passes on 10 MB.
 */
class LongUpdatesTests extends NoticesTest {

	private static final String TEXT = "\u754c".repeat(20_000);

	@Test
	void comeOnPagesThatAreNotTooLargeAndNoneIsMissing() {
		String component = this.world.component("c");
		hear();
		String notice = publish("Down", component).noticeId();
		for (int i = 2; i <= 110; i++) {
			say(notice, Map.of("text", TEXT)).is(201);
		}
		List<Integer> read = new ArrayList<>();
		String query = "?limit=200";
		do {
			Answer page = get("/v1/notices/" + notice + "/updates" + query).is(200);
			assertThat(page.body().toString().getBytes(StandardCharsets.UTF_8).length).isLessThan(5_010_000);
			page.body().path("items").valueStream().map((item) -> item.path("seq").asInt()).forEach(read::add);
			JsonNode next = page.body().path("next");
			query = next.isMissingNode() ? null : "?limit=200&cursor=" + next.asString();
			String link = page.headers().getFirst("Link");
			assertThat((link != null) ? link : "the end")
				.isEqualTo((query != null) ? '<' + query + ">; rel=\"next\"" : "the end");
			assertThat(read).hasSizeGreaterThan((query != null) ? 80 : 109);
		}
		while (query != null);
		assertThat(read).isEqualTo(IntStream.rangeClosed(1, 110).boxed().toList());
	}

}
