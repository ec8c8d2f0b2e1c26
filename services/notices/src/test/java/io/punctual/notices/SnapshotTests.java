package io.punctual.notices;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.punctual.notices.support.NoticesTest;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.events.SnapshotSource;
import io.punctual.shared.transaction.Transactions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader that comes too late for the log is told the same as one that has read it.
 */
class SnapshotTests extends NoticesTest {

	@Autowired
	private ObjectProvider<SnapshotSource> sources;

	@Autowired
	private Transactions transactions;

	@Test
	void theSnapshotSaysWhatTheLogHasSaid() {
		String component = this.world.component("c");
		for (String name : List.of("one", "two")) {
			String client = this.world.client(name);
			this.world.endpoint(client);
			this.world.promised(client, this.world.agreement("Gold " + name, "PT1M"));
			this.world.entitled(client, component);
		}
		hear();
		String notice = publish("Down", component).noticeId();
		say(notice, Map.of("state", "MONITORING", "text", "Better.")).is(201);
		Map<String, Object> draft = incident("Odd", List.of(component));
		draft.put("detectedAt", Instant.now().minusSeconds(1).toString());
		String detected = create(draft).is(201).noticeId();
		assertThat(snapshot(notice)).isEqualTo(told(notice));
		assertThat(snapshot(detected)).hasSize(1).first().extracting(Told::type).isEqualTo("notice.detected");
	}

	private List<Told> snapshot(String notice) {
		JsonMapper json = JsonMapper.builder()
			.changeDefaultPropertyInclusion(
					(value) -> value.withValueInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL))
			.build();
		List<NewEvent> events = new ArrayList<>();
		this.transactions.write(() -> this.sources.orderedStream().forEach((source) -> source.writeTo(events::add)));
		return events.stream().filter((event) -> event.subject().equals(notice)).map((event) -> {
			JsonNode data = json.readTree(json.writeValueAsString(event.data()));
			return new Told(event.type(), data);
		}).toList();
	}

}
