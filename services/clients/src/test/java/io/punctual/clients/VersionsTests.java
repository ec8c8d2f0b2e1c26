package io.punctual.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calendars and agreements have versions: of those who have read the same one, one adds
 * the next.
 */
class VersionsTests extends ClientsScenario {

	private static final int TOGETHER = 12;

	@Test
	void oneOfThoseWhoHaveReadTheSameCalendarChangesIt() throws Exception {
		Map<String, Object> definition = Map.of("zone", "UTC", "weekly", Map.of("MON", List.of("09:00-17:00")));
		String calendar = "/v1/calendars/"
				+ create("/v1/calendars", Map.of("name", "read by many", "definition", definition));
		assertThat(addTogether(calendar, definition)).containsOnlyOnce(201).containsOnly(201, 412);
		assertThat(read(calendar).path("version").asInt()).isEqualTo(2);
	}

	@Test
	void oneOfThoseWhoHaveReadTheSameAgreementChangesIt() throws Exception {
		String agreement = "/v1/agreements/" + agreement("read by many", "PT5M");
		assertThat(addTogether(agreement, terms("PT5M"))).containsOnlyOnce(201).containsOnly(201, 412);
		assertThat(read(agreement).path("version").asInt()).isEqualTo(2);
	}

	/** The statuses of the answers to versions that are added at once. */
	private List<Integer> addTogether(String uri, Map<String, Object> body) throws Exception {
		String etag = etag(uri);
		List<Integer> statuses = new ArrayList<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Integer>> answers = new ArrayList<>();
			for (int i = 0; i < TOGETHER; i++) {
				answers.add(threads.submit(() -> this.api.provider()
					.post()
					.uri(uri + "/versions")
					.header(HttpHeaders.IF_MATCH, etag)
					.body(body)
					.exchange()
					.returnResult(String.class)
					.getStatus()
					.value()));
			}
			for (Future<Integer> answer : answers) {
				statuses.add(answer.get());
			}
		}
		return statuses;
	}

}
